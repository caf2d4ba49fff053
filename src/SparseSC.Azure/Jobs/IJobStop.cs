namespace SparseSC.Azure.Jobs;

/// <summary>Stops jobs.</summary>
internal interface IJobStop
{
    /// <summary>Ends the runs of a job and returns its record when nothing of it runs any more.</summary>
    Task<JobRecord> StopAsync(JobRecord record, CancellationToken cancellationToken);
}
