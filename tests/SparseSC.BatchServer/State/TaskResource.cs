using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.State;

/// <summary>A task: what to run, and how far it got.</summary>
internal sealed class TaskResource(JobResource job, JsonObject spec) : Resource(spec, "active")
{
    /// <summary>How the service writes that there is no limit.</summary>
    public const string NoLimit = "P10675199DT2H48M5.4775807S";

    public JobResource Job { get; } = job;

    /// <summary>The run that counts; one that was given up for a preempted node or a termination is not this any more.</summary>
    public Attempt? Attempt { get; set; }

    /// <summary>Ends when the last run has let go of the task's directory.</summary>
    public Task LastRun { get; set; } = Task.CompletedTask;

    public NodeResource? Node { get; set; }

    public int RetryCount { get; set; }

    public DateTime? LastRetryTime { get; set; }

    public int RequeueCount { get; set; }

    public DateTime? LastRequeueTime { get; set; }

    public DateTime? StartTime { get; set; }

    public Outcome? Outcome { get; set; }

    /// <summary>Of the container the run would be in; null for a run without.</summary>
    public string? ContainerId { get; set; }

    public int Slots => (int?)Spec["requiredSlots"] ?? 1;

    public bool Succeeded => State == "completed" && Outcome is { Failure: null };

    public int MaxRetries => (int?)Spec["constraints"]?["maxTaskRetryCount"] ?? (int?)Job.Spec["constraints"]?["maxTaskRetryCount"] ?? 0;

    /// <summary>When the node may remove the task's files: after seven days, if the task does not say otherwise. Null as long as it has not ended.</summary>
    public DateTime? FilesEnd => State != "completed" || Outcome is null || Work.Duration(JsonValue.Create(Spec["constraints"]?["retentionTime"]?.ToString() ?? "P7D")) is var time && time < TimeSpan.Zero
        ? null
        : Outcome.EndTime + time;

    /// <summary>The task's directory, below the node's.</summary>
    public string RelativeRoot => $"workitems/{Job.Id}/job-1/{Id}";

    public string? FullRoot => Node is null ? null : Path.Combine(Node.Root, "workitems", Job.Id, "job-1", Id);

    public JsonObject Render(Wanted wanted, string address)
    {
        JsonObject item = Common(wanted, $"{address}/jobs/{Job.Id}/tasks/{Id}");
        if (wanted["requiredSlots"])
        {
            item["requiredSlots"] = Slots;
        }

        if (wanted["userIdentity"])
        {
            item["userIdentity"] ??= new JsonObject { ["autoUser"] = new JsonObject { ["scope"] = "pool", ["elevationLevel"] = "nonadmin" } };
        }

        if (wanted["constraints"])
        {
            JsonObject constraints = item["constraints"] as JsonObject ?? [];
            constraints["maxWallClockTime"] ??= NoLimit;
            constraints["retentionTime"] ??= "P7D";
            constraints["maxTaskRetryCount"] ??= MaxRetries;
            item["constraints"] = constraints;
        }

        if (wanted["executionInfo"])
        {
            item["executionInfo"] = RenderExecution();
        }

        if (Node is { } node && wanted["nodeInfo"])
        {
            string url = $"{address}/pools/{node.Pool.Id}/nodes/{node.Id}";
            item["nodeInfo"] = new JsonObject
            {
                ["affinityId"] = $"TVM:{node.Id}",
                ["nodeUrl"] = url,
                ["poolId"] = node.Pool.Id,
                ["nodeId"] = node.Id,
                ["taskRootDirectory"] = RelativeRoot,
                ["taskRootDirectoryUrl"] = $"{url}/files/{RelativeRoot}",
            };
        }

        RenderCase.Enums(item);
        return item;
    }

    public JsonObject RenderExecution()
    {
        JsonObject execution = new() { ["retryCount"] = RetryCount, ["requeueCount"] = RequeueCount };
        void AddTime(string name, DateTime? time)
        {
            if (time is { } value)
            {
                execution[name] = Time(value);
            }
        }

        AddTime("startTime", StartTime);
        AddTime("lastRetryTime", LastRetryTime);
        AddTime("lastRequeueTime", LastRequeueTime);
        if (ContainerId is { } container)
        {
            execution["containerInfo"] = new JsonObject { ["containerId"] = container, ["state"] = State == "running" ? "running" : "exited" };
        }

        if (Outcome is { } outcome)
        {
            if (State == "completed")
            {
                AddTime("endTime", outcome.EndTime);
            }

            if (outcome.ExitCode is { } code)
            {
                execution["exitCode"] = code;
            }

            execution["result"] = outcome.Failure is null ? "success" : "failure";
            if (outcome.Failure is { } failure)
            {
                execution["failureInfo"] = failure.Render();
            }
        }

        return execution;
    }
}
