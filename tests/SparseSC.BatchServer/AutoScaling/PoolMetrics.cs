using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.AutoScaling;

/// <summary>What formulas can know of a pool. Whoever uses it holds the account's lock.</summary>
/// <param name="account">Pools, nodes, jobs.</param>
/// <param name="pool">The pool.</param>
/// <param name="speed">How much faster the formulas' time runs.</param>
internal sealed class PoolMetrics(Account account, PoolResource pool, double speed)
{
    // A day of samples.
    private const int Most = 2880;

    private static readonly string[] Names =
    [
        "$ActiveTasks", "$RunningTasks", "$PendingTasks", "$SucceededTasks", "$FailedTasks", "$TaskSlotsPerNode", "$CurrentDedicatedNodes",
        "$CurrentLowPriorityNodes", "$PreemptedNodeCount", "$UsableNodeCount", "$SampleNodeCount",
    ];

    private readonly List<(DateTime Time, IReadOnlyDictionary<string, double> Values)> _samples = [];

    /// <summary>The formulas' time: right when the pool was made, and faster from then on.</summary>
    public DateTime Time => pool.CreationTime + ((DateTime.UtcNow - pool.CreationTime) * speed);

    public void TakeSample()
    {
        _samples.Add((Time, Names.ToDictionary(name => name, Value)));
        if (_samples.Count > Most)
        {
            _samples.RemoveAt(0);
        }
    }

    /// <summary>One of the service's own variables; null when this server does not know it.</summary>
    public Metric? Find(string name) => Names.Contains(name)
        ? new Metric(Value(name), [.. _samples.Select(sample => (sample.Time, sample.Values[name]))], Time)
        : null;

    private double Value(string name)
    {
        IEnumerable<JobResource> jobs = account.Jobs.Values.Where(job => job.PoolId.Is(pool.Id) && job.State == "active");
        return name switch
        {
            // Tasks that wait for others do not count as active here.
            "$ActiveTasks" => jobs.Sum(job => job.Ready.Count),
            "$RunningTasks" => jobs.Sum(job => job.Running),
            "$PendingTasks" => jobs.Sum(job => job.Ready.Count + job.Running),
            "$SucceededTasks" => jobs.Sum(job => job.Tasks.Values.Count(task => task.Succeeded)),
            "$FailedTasks" => jobs.Sum(job => job.Tasks.Values.Count(task => task.State == "completed" && !task.Succeeded)),
            "$TaskSlotsPerNode" => pool.SlotsPerNode,
            "$CurrentDedicatedNodes" => pool.Nodes.Count(node => node.IsDedicated),
            "$CurrentLowPriorityNodes" => pool.Nodes.Count(node => !node.IsDedicated),
            "$PreemptedNodeCount" => pool.Nodes.Count(node => node.State == "preempted"),
            "$UsableNodeCount" => pool.Nodes.Count(node => node.State is not ("preempted" or "starttaskfailed" or "leavingpool")),
            _ => pool.Nodes.Count,
        };
    }
}
