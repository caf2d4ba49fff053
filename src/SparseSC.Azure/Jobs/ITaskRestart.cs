namespace SparseSC.Azure.Jobs;

/// <summary>Runs failed tasks again.</summary>
internal interface ITaskRestart
{
    /// <summary>Runs the named tasks again, or all that failed, and returns the record as it is then.</summary>
    /// <param name="record">The job.</param>
    /// <param name="taskIds">The tasks; <c>null</c> for all that failed.</param>
    /// <param name="vmSize">The size of machines in a pool of their own; <c>null</c> for the pool of the settings.</param>
    /// <param name="cancellationToken">Stops between two tasks.</param>
    Task<JobRecord> RestartAsync(JobRecord record, IReadOnlyCollection<string>? taskIds, string? vmSize, CancellationToken cancellationToken);
}
