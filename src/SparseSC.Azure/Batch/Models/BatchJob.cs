using System.Text.Json.Serialization;
using Azure;

namespace SparseSC.Azure.Batch;

/// <summary>A job as it is.</summary>
internal sealed record BatchJob : BatchModel
{
    /// <summary>The job's id.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether tasks may depend on each other.</summary>
    public bool? UsesTaskDependencies { get; init; }

    /// <summary>Its address.</summary>
    public string? Url { get; init; }

    /// <summary>Changes with the job.</summary>
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

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>Its state.</summary>
    public BatchJobState? State { get; init; }

    /// <summary>Since when it is in that state.</summary>
    public DateTimeOffset? StateTransitionTime { get; init; }

    /// <summary>The state before.</summary>
    public BatchJobState? PreviousState { get; init; }

    /// <summary>Since when it was in that.</summary>
    public DateTimeOffset? PreviousStateTransitionTime { get; init; }

    /// <summary>−1000 to 1000.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether jobs of higher priority may displace its tasks.</summary>
    public bool? AllowTaskPreemption { get; init; }

    /// <summary>The most tasks at once; −1 for no limit.</summary>
    public int? MaxParallelTasks { get; init; }

    /// <summary>Limits.</summary>
    public BatchJobConstraints? Constraints { get; init; }

    /// <summary>The task that each node runs before the job's first task on it.</summary>
    public BatchJobPreparationTask? JobPreparationTask { get; init; }

    /// <summary>The task that each such node runs after the job.</summary>
    public BatchJobReleaseTask? JobReleaseTask { get; init; }

    /// <summary>Environment variables of all tasks.</summary>
    public IReadOnlyList<BatchEnvironmentSetting>? CommonEnvironmentSettings { get; init; }

    /// <summary>The pool.</summary>
    public BatchPoolInfo? PoolInfo { get; init; }

    /// <summary>The action when all tasks are complete.</summary>
    public BatchAllTasksCompleteMode? OnAllTasksComplete { get; init; }

    /// <summary>The action when a task fails.</summary>
    public BatchTaskFailureMode? OnTaskFailure { get; init; }

    /// <summary>Names and values of the user's own.</summary>
    public IReadOnlyList<BatchMetadataItem>? Metadata { get; init; }

    /// <summary>When it ran, where, and why it ended.</summary>
    public BatchJobExecutionInfo? ExecutionInfo { get; init; }
}

/// <summary>When a job ran, where, and why it ended.</summary>
internal sealed record BatchJobExecutionInfo : BatchModel
{
    /// <summary>When it started.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The pool it runs on, its own one too.</summary>
    public string? PoolId { get; init; }

    /// <summary>Why it could not start.</summary>
    public BatchTaskFailureInfo? SchedulingError { get; init; }

    /// <summary>Why it ended, such as <c>AllTasksCompleted</c> or <c>MaxWallClockTimeExpiry</c>.</summary>
    public string? TerminateReason { get; init; }
}

/// <summary>How the preparation and release of a job did on one node.</summary>
internal sealed record BatchJobNodeTaskStatus : BatchModel
{
    /// <summary>The pool.</summary>
    public string? PoolId { get; init; }

    /// <summary>The node.</summary>
    public string? NodeId { get; init; }

    /// <summary>The preparation; <c>null</c> when it has not run there.</summary>
    public BatchJobNodeTaskInfo? JobPreparationTaskExecutionInfo { get; init; }

    /// <summary>The release; <c>null</c> when it has not run there.</summary>
    public BatchJobNodeTaskInfo? JobReleaseTaskExecutionInfo { get; init; }
}

/// <summary>How a job's preparation or release did on one node.</summary>
internal sealed record BatchJobNodeTaskInfo : BatchModel
{
    /// <summary>When it started.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>How far it is.</summary>
    public BatchNodeTaskState? State { get; init; }

    /// <summary>Its exit code.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it failed.</summary>
    public BatchTaskFailureInfo? FailureInfo { get; init; }

    /// <summary>How it ended.</summary>
    public BatchTaskExecutionResult? Result { get; init; }
}
