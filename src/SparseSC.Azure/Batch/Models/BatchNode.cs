namespace SparseSC.Azure.Batch;

/// <summary>A node of a pool as it is.</summary>
internal sealed record BatchNode : BatchModel
{
    /// <summary>The node's id; it changes when the node is made anew.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Its address in the service.</summary>
    public string? Url { get; init; }

    /// <summary>The state of the node.</summary>
    public BatchNodeState? State { get; init; }

    /// <summary>Whether it takes new tasks.</summary>
    public BatchSchedulingState? SchedulingState { get; init; }

    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset? StateTransitionTime { get; init; }

    /// <summary>When it last booted.</summary>
    public DateTimeOffset? LastBootTime { get; init; }

    /// <summary>When the pool got it.</summary>
    public DateTimeOffset? AllocationTime { get; init; }

    /// <summary>Its address in the pool's network.</summary>
    public string? IPAddress { get; init; }

    /// <summary>The affinity id, which a task names to run on this node.</summary>
    public string? AffinityId { get; init; }

    /// <summary>The size of the machine.</summary>
    public string? VmSize { get; init; }

    /// <summary>Tasks that ran here, repetitions included.</summary>
    public int? TotalTasksRun { get; init; }

    /// <summary>Tasks that run now.</summary>
    public int? RunningTasksCount { get; init; }

    /// <summary>Slots in use now.</summary>
    public int? RunningTaskSlotsCount { get; init; }

    /// <summary>Tasks that ran here and succeeded.</summary>
    public int? TotalTasksSucceeded { get; init; }

    /// <summary>How the start task did.</summary>
    public BatchStartTaskInfo? StartTaskInfo { get; init; }

    /// <summary>Why it cannot be used.</summary>
    public IReadOnlyList<BatchNodeError>? Errors { get; init; }

    /// <summary>Whether it stays; a Spot node does not.</summary>
    public bool? IsDedicated { get; init; }
}

/// <summary>How a node's start task did.</summary>
internal sealed record BatchStartTaskInfo : BatchModel
{
    /// <summary>How far it is.</summary>
    public BatchNodeTaskState? State { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Its exit code.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it failed.</summary>
    public BatchTaskFailureInfo? FailureInfo { get; init; }

    /// <summary>How often it ran again.</summary>
    public int? RetryCount { get; init; }

    /// <summary>How it ended.</summary>
    public BatchTaskExecutionResult? Result { get; init; }
}

/// <summary>Why a node cannot be used.</summary>
internal sealed record BatchNodeError : BatchModel
{
    /// <summary>The error's code.</summary>
    public string? Code { get; init; }

    /// <summary>A sentence.</summary>
    public string? Message { get; init; }

    /// <summary>More about it.</summary>
    public IReadOnlyList<BatchNameValuePair>? ErrorDetails { get; init; }
}
