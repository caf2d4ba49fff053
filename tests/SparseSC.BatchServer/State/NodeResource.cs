using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.State;

/// <summary>A compute node: a directory, and slots that tasks take.</summary>
internal sealed class NodeResource : Resource
{
    private const int RecentTasks = 10;
    private readonly Queue<(TaskResource Task, string Job)> _recent = new();

    public NodeResource(PoolResource pool, string id, bool dedicated, string root, long? diskBytes)
        : base(new JsonObject { ["id"] = id }, pool.Spec["startTask"] is null ? "idle" : "starting")
    {
        Pool = pool;
        IsDedicated = dedicated;
        Root = root;
        Disk = new NodeDisk(root, diskBytes);
    }

    public PoolResource Pool { get; }

    public bool IsDedicated { get; }

    /// <summary>The node's directory on this machine.</summary>
    public string Root { get; }

    public NodeDisk Disk { get; }

    /// <summary>What runs on it, including tasks that were told to end and have not yet.</summary>
    public List<Attempt> Attempts { get; } = [];

    public bool SchedulingEnabled { get; set; } = true;

    public int TasksRun { get; set; }

    public int TasksSucceeded { get; set; }

    public JsonObject? StartTaskInfo { get; set; }

    /// <summary>The run of the start task that counts; null when there was none.</summary>
    public RunControl? StartTask { get; set; }

    public int FreeSlots => SchedulingEnabled && State is "idle" or "running"
        ? Pool.SlotsPerNode - Attempts.Sum(attempt => attempt.Task.Slots)
        : 0;

    /// <summary>Nodes that run something and nodes that do not have different states.</summary>
    public void Refresh()
    {
        if (State is "idle" or "running")
        {
            Enter(Attempts.Count > 0 ? "running" : "idle");
        }
    }

    public void Remember(TaskResource task)
    {
        _recent.Enqueue((task, task.Job.Id));
        if (_recent.Count > RecentTasks)
        {
            _recent.Dequeue();
        }
    }

    public JsonObject Render(Wanted wanted, string address)
    {
        JsonObject item = Common(wanted, $"{address}/pools/{Pool.Id}/nodes/{Id}");
        foreach (string name in (string[])["eTag", "creationTime", "lastModified", "previousState", "previousStateTransitionTime"])
        {
            item.Remove(name);
        }

        void Add(string name, JsonNode? value)
        {
            if (value is not null && wanted[name])
            {
                item[name] = value;
            }
        }

        Add("schedulingState", SchedulingEnabled ? "enabled" : "disabled");
        Add("allocationTime", Time(CreationTime));
        Add("lastBootTime", Time(CreationTime));
        Add("ipAddress", "127.0.0.1");
        Add("affinityId", $"TVM:{Id}");
        Add("vmSize", Pool.Spec["vmSize"]?.ToString());
        Add("isDedicated", IsDedicated);
        Add("totalTasksRun", TasksRun);
        Add("totalTasksSucceeded", TasksSucceeded);
        Add("runningTasksCount", Attempts.Count);
        Add("runningTaskSlotsCount", Attempts.Sum(attempt => attempt.Task.Slots));
        Add("startTask", Pool.Spec["startTask"]?.DeepClone());
        RenderSecrets.Remove(item["startTask"]);
        Add("startTaskInfo", StartTaskInfo?.DeepClone());
        Add("recentTasks", new JsonArray([.. _recent.Select(recent => new JsonObject
        {
            ["taskUrl"] = $"{address}/jobs/{recent.Job}/tasks/{recent.Task.Id}",
            ["jobId"] = recent.Job,
            ["taskId"] = recent.Task.Id,
            ["taskState"] = recent.Task.State,
            ["executionInfo"] = recent.Task.RenderExecution(),
        })]));
        return item;
    }
}
