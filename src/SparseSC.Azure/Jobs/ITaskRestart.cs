namespace SparseSC.Azure.Jobs;

/// <summary>Runs failed tasks again.</summary>
internal interface ITaskRestart
{
    /// <summary>Runs the named tasks again, or all that failed, and returns the record as it is then.</summary>
    Task<JobRecord> RestartAsync(JobRecord record, IReadOnlyCollection<string>? taskIds, CancellationToken cancellationToken);
}
