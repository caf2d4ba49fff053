using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.State;

/// <summary>Everything there is. Whoever looks at it or changes it holds <see cref="Gate"/>.</summary>
internal sealed class Account(string name, string workRoot, Quotas quotas, NodeStorage storage)
{
    private readonly List<(RunControl Control, Task Run)> _background = [];
    private long _nodes;

    public object Gate { get; } = new();

    public string Name { get; } = name;

    public Quotas Quotas { get; } = quotas;

    /// <summary>Spot nodes that the region has for all pools together; null for any number.</summary>
    public int? SpotNodesToBeHad { get; set; } = quotas.SpotNodes;

    /// <summary>How nodes come to storage.</summary>
    public NodeStorage Storage { get; } = storage;

    public bool PoolQuotaIsReached => Pools.Count >= Quotas.Pools;

    public bool JobQuotaIsReached => Jobs.Values.Count(job => job.State != "completed") >= Quotas.Jobs;

    /// <summary>The server's address, for the tasks' environment.</summary>
    public string Url { get; set; } = "";

    public SortedDictionary<string, PoolResource> Pools { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedDictionary<string, JobResource> Jobs { get; } = new(StringComparer.OrdinalIgnoreCase);

    public PoolResource Pool(string id) => Pools.TryGetValue(id, out PoolResource? pool) ? pool : throw ServiceException.NotFound("Pool");

    public JobResource Job(string id) => Jobs.TryGetValue(id, out JobResource? job) ? job : throw ServiceException.NotFound("Job");

    public TaskResource Task(string job, string id) =>
        Job(job).ById.TryGetValue(id, out TaskResource? task) ? task : throw ServiceException.NotFound("Task");

    public NodeResource Node(string pool, string id) =>
        Pool(pool).Nodes.FirstOrDefault(node => node.Id.Is(id)) ?? throw ServiceException.NotFound("Node");

    /// <summary>Adds a node with a directory of its own; the name says when, so no two nodes ever share one.</summary>
    public NodeResource AddNode(PoolResource pool, bool dedicated)
    {
        string id = $"tvm-{++_nodes}-{(dedicated ? "d" : "p")}";
        string root = Directory.CreateDirectory(Path.Combine(workRoot, pool.Id, id)).FullName;
        NodeResource node = new(pool, id, dedicated, root, Quotas.DiskBytes);
        Directory.CreateDirectory(Path.Combine(node.Root, "shared"));
        pool.Nodes.Add(node);
        pool.AllocationTime = DateTime.UtcNow;
        return node;
    }

    /// <summary>What jobs have prepared on a node.</summary>
    public IEnumerable<JobNodeRun> Preparations(NodeResource node) => Jobs.Values.Select(job => job.RunOn(node)).OfType<JobNodeRun>().ToArray();

    /// <summary>A node goes, and with it its start task and what jobs have prepared on it.</summary>
    public void Lose(NodeResource node)
    {
        node.StartTask?.End(EndReason.Preempted);
        foreach (JobNodeRun run in Preparations(node))
        {
            run.Lose();
        }
    }

    /// <summary>Remembers a run that belongs to no task, so that it ends with the server.</summary>
    public void Track(RunControl control, Task run)
    {
        lock (Gate)
        {
            _background.RemoveAll(item => item.Run.IsCompleted);
            _background.Add((control, run));
        }
    }

    /// <summary>Ends what runs, and waits for it: no process outlives the server that was stopped.</summary>
    public async Task StopEverythingAsync()
    {
        Task[] runs;
        lock (Gate)
        {
            Attempt[] attempts = [.. Pools.Values.SelectMany(pool => pool.Nodes).SelectMany(node => node.Attempts)];
            runs = [.. attempts.Select(attempt => attempt.Task.LastRun), .. _background.Select(item => item.Run)];
            foreach ((RunControl control, _) in _background)
            {
                control.End(EndReason.Terminated);
            }

            foreach (Attempt attempt in attempts)
            {
                attempt.End(EndReason.Terminated);
            }

            Pools.Clear();
            Jobs.Clear();
        }

        await System.Threading.Tasks.Task.WhenAll(runs);
    }
}
