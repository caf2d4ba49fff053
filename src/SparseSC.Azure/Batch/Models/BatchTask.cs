using System.Text.Json.Serialization;
using Azure;

namespace SparseSC.Azure.Batch;

/// <summary>A task as it is.</summary>
internal sealed record BatchTask : BatchModel
{
    /// <summary>The task's id in its job.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its address.</summary>
    public string? Url { get; init; }

    /// <summary>Changes with the task.</summary>
    [JsonIgnore]
    public ETag? ETag
    {
        get => ETagText is null ? null : new ETag(ETagText);
        init => ETagText = value?.ToString();
    }

    /// <summary>The tag as it is on the wire: Azure.Core's own contract for tags is not visible to generated ones.</summary>
    [JsonInclude]
    [JsonPropertyName("eTag")]
    internal string? ETagText { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>The meaning of its exits.</summary>
    public BatchExitConditions? ExitConditions { get; init; }

    /// <summary>How far it is.</summary>
    public BatchTaskState? State { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? StateTransitionTime { get; init; }

    /// <summary>The state before.</summary>
    public BatchTaskState? PreviousState { get; init; }

    /// <summary>Since when it was in that.</summary>
    public DateTimeOffset? PreviousStateTransitionTime { get; init; }

    /// <summary>The command.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The container it runs in.</summary>
    public BatchTaskContainerSettings? ContainerSettings { get; init; }

    /// <summary>Files fetched first.</summary>
    public IReadOnlyList<BatchResourceFile>? ResourceFiles { get; init; }

    /// <summary>Files uploaded at the end.</summary>
    public IReadOnlyList<BatchOutputFile>? OutputFiles { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<BatchEnvironmentSetting>? EnvironmentSettings { get; init; }

    /// <summary>Limits.</summary>
    public BatchTaskConstraints? Constraints { get; init; }

    /// <summary>How many of a node's slots it takes.</summary>
    public int? RequiredSlots { get; init; }

    /// <summary>Who it runs as.</summary>
    public BatchUserIdentity? UserIdentity { get; init; }

    /// <summary>How it ran.</summary>
    public BatchTaskExecutionInfo? ExecutionInfo { get; init; }

    /// <summary>The node it ran on.</summary>
    public BatchTaskNodeInfo? NodeInfo { get; init; }

    /// <summary>Tasks that have to be done first.</summary>
    public BatchTaskDependencies? DependsOn { get; init; }

    /// <summary>Application packages it needs.</summary>
    public IReadOnlyList<BatchApplicationPackageReference>? ApplicationPackageReferences { get; init; }
}

/// <summary>How a task ran.</summary>
internal sealed record BatchTaskExecutionInfo : BatchModel
{
    /// <summary>When it started; the last time, if it ran more than once.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Its exit code; <c>null</c> when it never started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The state of its container.</summary>
    public BatchTaskContainerExecutionInfo? ContainerInfo { get; init; }

    /// <summary>Why it failed.</summary>
    public BatchTaskFailureInfo? FailureInfo { get; init; }

    /// <summary>How often it ran again after a failure.</summary>
    public int? RetryCount { get; init; }

    /// <summary>When it last did.</summary>
    public DateTimeOffset? LastRetryTime { get; init; }

    /// <summary>How often it was put back into the queue, because its node went or was taken away.</summary>
    public int? RequeueCount { get; init; }

    /// <summary>When it last was.</summary>
    public DateTimeOffset? LastRequeueTime { get; init; }

    /// <summary>How it ended.</summary>
    public BatchTaskExecutionResult? Result { get; init; }
}

/// <summary>The node that a task ran on.</summary>
internal sealed record BatchTaskNodeInfo : BatchModel
{
    /// <summary>The affinity id, which another task names to run on the same node.</summary>
    public string? AffinityId { get; init; }

    /// <summary>The node's address in the service.</summary>
    public string? NodeUrl { get; init; }

    /// <summary>The pool.</summary>
    public string? PoolId { get; init; }

    /// <summary>The node.</summary>
    public string? NodeId { get; init; }

    /// <summary>The task's folder on the node.</summary>
    public string? TaskRootDirectory { get; init; }

    /// <summary>The address of that folder.</summary>
    public string? TaskRootDirectoryUrl { get; init; }
}

/// <summary>How many tasks of a job are in which state, and how many slots they take. The numbers can be a little old.</summary>
internal sealed record BatchTaskCountsResult : BatchModel
{
    /// <summary>Tasks.</summary>
    public BatchTaskCounts TaskCounts { get; init => field = value ?? new(); } = new();

    /// <summary>Slots.</summary>
    public BatchTaskCounts TaskSlotCounts { get; init => field = value ?? new(); } = new();
}

/// <summary>Numbers of tasks, or of slots, by state.</summary>
internal sealed record BatchTaskCounts : BatchModel
{
    /// <summary>Waiting.</summary>
    public int Active { get; init; }

    /// <summary>Running or preparing.</summary>
    public int Running { get; init; }

    /// <summary>Ended.</summary>
    public int Completed { get; init; }

    /// <summary>Ended well.</summary>
    public int Succeeded { get; init; }

    /// <summary>Ended badly.</summary>
    public int Failed { get; init; }
}
