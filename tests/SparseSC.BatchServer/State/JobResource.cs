using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.State;

/// <summary>A job, its tasks in the order they came, and those of them that can start.</summary>
internal sealed class JobResource(JsonObject spec) : Resource(spec, "active")
{
    /// <summary>Tasks by their place in the order of adding.</summary>
    public SortedList<long, TaskResource> Tasks { get; } = [];

    public Dictionary<string, TaskResource> ById { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Active tasks whose dependencies are satisfied, first come first.</summary>
    public LinkedList<TaskResource> Ready { get; } = [];

    /// <summary>Active tasks that wait for others.</summary>
    public HashSet<TaskResource> Waiting { get; } = [];

    /// <summary>Preparations and releases, also on nodes that are gone.</summary>
    public List<JobNodeRun> NodeRuns { get; } = [];

    public string PoolId { get; set; } = "";

    public int Running { get; set; }

    public string? TerminateReason { get; set; }

    /// <summary>Why the job could not begin; null when it could.</summary>
    public Failure? SchedulingError { get; private set; }

    public DateTime? EndTime { get; set; }

    public int Priority => (int?)Spec["priority"] ?? 0;

    public int MaxParallelTasks => (int?)Spec["maxParallelTasks"] is > 0 and int limit ? limit : int.MaxValue;

    public bool UsesDependencies => (bool?)Spec["usesTaskDependencies"] ?? false;

    public bool EndsWithItsTasks => Spec["onAllTasksComplete"]?.ToString().Is("terminatejob") ?? false;

    public bool ActsOnFailure => Spec["onTaskFailure"]?.ToString().Is("performexitoptionsjobaction") ?? false;

    public bool IsOver => State is "terminating" or "completed" or "deleting";

    /// <summary>Ends a job that could not begin.</summary>
    public void Fail(Failure error)
    {
        SchedulingError = error;
        EndTime = DateTime.UtcNow;
        Enter("completed");
    }

    /// <summary>The preparation that holds for a node as it is; null when there is none.</summary>
    public JobNodeRun? RunOn(NodeResource node) => NodeRuns.FirstOrDefault(run => run.Node == node && !run.IsLost);

    public void Add(TaskResource task)
    {
        Tasks.Add(task.Sequence, task);
        ById.Add(task.Id, task);
    }

    public void Remove(TaskResource task)
    {
        Tasks.Remove(task.Sequence);
        ById.Remove(task.Id);
        Ready.Remove(task);
        Waiting.Remove(task);
    }

    public JsonObject Render(Wanted wanted, string address)
    {
        JsonObject item = Common(wanted, $"{address}/jobs/{Id}");
        void Default(string name, JsonNode value)
        {
            if (wanted[name] && item[name] is null)
            {
                item[name] = value;
            }
        }

        Default("priority", 0);
        Default("maxParallelTasks", -1);
        Default("allowTaskPreemption", false);
        Default("usesTaskDependencies", false);
        Default("onAllTasksComplete", "noaction");
        Default("onTaskFailure", "noaction");
        Default("constraints", new JsonObject());
        if (item["constraints"] is JsonObject constraints)
        {
            constraints["maxWallClockTime"] ??= TaskResource.NoLimit;
            constraints["maxTaskRetryCount"] ??= 0;
        }

        if (wanted["executionInfo"])
        {
            JsonObject execution = new() { ["startTime"] = Time(CreationTime) };
            if (PoolId.Length > 0)
            {
                execution["poolId"] = PoolId;
            }

            if (SchedulingError is { } error)
            {
                execution["schedulingError"] = error.Render();
            }

            if (EndTime is { } end)
            {
                execution["endTime"] = Time(end);
            }

            if (TerminateReason is { } reason)
            {
                execution["terminateReason"] = reason;
            }

            item["executionInfo"] = execution;
        }

        return item;
    }
}
