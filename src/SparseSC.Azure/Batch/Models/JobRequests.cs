namespace SparseSC.Azure.Batch;

/// <summary>A job to make.</summary>
internal sealed record BatchJobCreateOptions : BatchModel
{
    /// <summary>Its id: up to 64 letters, digits, hyphens and underscores. A deleted job's id is not free until the deletion has finished.</summary>
    public required string Id { get; init; }

    /// <summary>A name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether tasks may depend on each other.</summary>
    public bool? UsesTaskDependencies { get; init; }

    /// <summary>−1000 to 1000; zero when nothing is said.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether jobs of higher priority may displace this one's tasks.</summary>
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
    public required BatchPoolInfo PoolInfo { get; init; }

    /// <summary>The action when all tasks are complete. Set it to end the job only after the tasks are there: an empty job is complete.</summary>
    public BatchAllTasksCompleteMode? OnAllTasksComplete { get; init; }

    /// <summary>The action when a task fails.</summary>
    public BatchTaskFailureMode? OnTaskFailure { get; init; }

    /// <summary>Names and values of the user's own.</summary>
    public IReadOnlyList<BatchMetadataItem>? Metadata { get; init; }
}

/// <summary>Changes of a job; what is <c>null</c> stays as it is.</summary>
internal sealed record BatchJobUpdateOptions : BatchModel
{
    /// <summary>−1000 to 1000.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether jobs of higher priority may displace this one's tasks.</summary>
    public bool? AllowTaskPreemption { get; init; }

    /// <summary>The most tasks at once; −1 for no limit.</summary>
    public int? MaxParallelTasks { get; init; }

    /// <summary>Limits.</summary>
    public BatchJobConstraints? Constraints { get; init; }

    /// <summary>The pool; only while the job is disabled.</summary>
    public BatchPoolInfo? PoolInfo { get; init; }

    /// <summary>The action when all tasks are complete.</summary>
    public BatchAllTasksCompleteMode? OnAllTasksComplete { get; init; }

    /// <summary>Replaces all names and values.</summary>
    public IReadOnlyList<BatchMetadataItem>? Metadata { get; init; }
}

/// <summary>Why a job is ended.</summary>
internal sealed record BatchJobTerminateOptions(string? TerminateReason) : BatchModel;

/// <summary>Limits of a job.</summary>
internal sealed record BatchJobConstraints : BatchModel
{
    /// <summary>The longest time for the job; <see cref="BatchDuration.NoLimit"/> for any.</summary>
    public TimeSpan? MaxWallClockTime { get; init; }

    /// <summary>How often each task runs again after a non-zero exit; −1 for without end.</summary>
    public int? MaxTaskRetryCount { get; init; }
}

/// <summary>The pool of a job: one that is there, or one that comes with the job.</summary>
internal sealed record BatchPoolInfo : BatchModel
{
    /// <summary>The pool that is there.</summary>
    public string? PoolId { get; init; }

    /// <summary>The pool that comes with the job.</summary>
    public BatchAutoPoolSpecification? AutoPoolSpecification { get; init; }
}

/// <summary>A pool that comes with a job.</summary>
internal sealed record BatchAutoPoolSpecification : BatchModel
{
    /// <summary>How its id starts: up to 20 characters.</summary>
    public string? AutoPoolIdPrefix { get; init; }

    /// <summary>How long it lives.</summary>
    public required BatchPoolLifetime PoolLifetimeOption { get; init; }

    /// <summary>Whether it stays when its life would be over.</summary>
    public bool? KeepAlive { get; init; }

    /// <summary>The definition of the pool.</summary>
    public BatchPoolSpecification? Pool { get; init; }
}

/// <summary>The task that each node runs before a job's first task on it. When it fails, the node runs none of the job's tasks.</summary>
internal sealed record BatchJobPreparationTask : BatchModel
{
    /// <summary>Its id; <c>jobpreparation</c> when nothing is said.</summary>
    public string? Id { get; init; }

    /// <summary>The command.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The container, if it runs in one.</summary>
    public BatchTaskContainerSettings? ContainerSettings { get; init; }

    /// <summary>Files to fetch first.</summary>
    public IReadOnlyList<BatchResourceFile>? ResourceFiles { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<BatchEnvironmentSetting>? EnvironmentSettings { get; init; }

    /// <summary>Limits.</summary>
    public BatchTaskConstraints? Constraints { get; init; }

    /// <summary>Whether the job's tasks wait until it succeeded.</summary>
    public bool? WaitForSuccess { get; init; }

    /// <summary>Who it runs as.</summary>
    public BatchUserIdentity? UserIdentity { get; init; }

    /// <summary>Whether it runs again after a reboot.</summary>
    public bool? RerunOnNodeRebootAfterSuccess { get; init; }
}

/// <summary>The task that each node that ran a job's preparation runs after the job.</summary>
internal sealed record BatchJobReleaseTask : BatchModel
{
    /// <summary>Its id; <c>jobrelease</c> when nothing is said.</summary>
    public string? Id { get; init; }

    /// <summary>The command.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The container, if it runs in one.</summary>
    public BatchTaskContainerSettings? ContainerSettings { get; init; }

    /// <summary>Files to fetch first.</summary>
    public IReadOnlyList<BatchResourceFile>? ResourceFiles { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<BatchEnvironmentSetting>? EnvironmentSettings { get; init; }

    /// <summary>The longest time: 15 minutes at most.</summary>
    public TimeSpan? MaxWallClockTime { get; init; }

    /// <summary>How long its files stay on the node.</summary>
    public TimeSpan? RetentionTime { get; init; }

    /// <summary>Who it runs as.</summary>
    public BatchUserIdentity? UserIdentity { get; init; }
}
