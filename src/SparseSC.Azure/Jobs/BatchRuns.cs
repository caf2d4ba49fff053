using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs;

/// <summary>The runs of jobs, as jobs of the service.</summary>
internal sealed class BatchRuns(AzureServices services)
{
    private static readonly string[] StateOnly = ["id", "state", "metadata", "onAllTasksComplete", "executionInfo"];

    /// <summary>A run; <c>null</c> when the service has no such job.</summary>
    public Task<BatchJob?> FindAsync(string runId, CancellationToken cancellationToken) => BatchCall.FindAsync(
        $"look at the job '{runId}'", () => services.Batch.Jobs.GetAsync(runId, StateOnly, cancellationToken), cancellationToken, runId);

    /// <summary>The runs of a job that have not come to their end, ending ones included.</summary>
    public async Task<IReadOnlyList<BatchJob>> OpenAsync(JobRecord record, CancellationToken cancellationToken)
    {
        List<BatchJob> open = [];
        foreach (JobRun run in record.Runs.Reverse())
        {
            if (await FindAsync(run.Id, cancellationToken).ConfigureAwait(false) is { } job && IsOf(job, record) && !IsOver(job))
            {
                open.Add(job);
            }
        }

        return open;
    }

    /// <summary>Whether a run has come to its end.</summary>
    public static bool IsOver(BatchJob job) => job.State is BatchJobState.Completed;

    /// <summary>Whether a run still takes or runs tasks.</summary>
    public static bool IsActive(BatchJob job) =>
        job.State is BatchJobState.Active or BatchJobState.Disabling or BatchJobState.Disabled or BatchJobState.Enabling;

    /// <summary>Whether a job of the service is a run of ours: its id may have been given away since.</summary>
    public static bool IsOf(BatchJob job, JobRecord record) => MetadataOf(job, JobLayout.JobMetadata) is { } id && id == record.Id;

    /// <summary>A value of a job's metadata; <c>null</c> when it has none of that name.</summary>
    public static string? MetadataOf(BatchJob job, string name) => job.Metadata?.FirstOrDefault(item => item.Name == name)?.Value;

    /// <summary>Ends runs and returns when nothing of them runs any more.</summary>
    public async Task EndAsync(IReadOnlyList<BatchJob> runs, string reason, CancellationToken cancellationToken)
    {
        foreach (BatchJob run in runs)
        {
            services.Steps.Detail($"Ending the job '{run.Id}'.");
            await BatchCall.EndAsync(
                $"end the job '{run.Id}'",
                () => services.Batch.Jobs.TerminateAsync(run.Id, reason, cancellationToken: cancellationToken),
                cancellationToken,
                run.Id).ConfigureAwait(false);
        }

        foreach (BatchJob run in runs)
        {
            await WaitAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks runs to go, with their tasks and files. Their ids are free some time later.</summary>
    public async Task DeleteAsync(IEnumerable<string> runIds, CancellationToken cancellationToken)
    {
        foreach (string run in runIds)
        {
            await BatchCall.EndAsync(
                $"delete the job '{run}'", () => services.Batch.Jobs.DeleteAsync(run, cancellationToken: cancellationToken), cancellationToken, run).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(string runId, CancellationToken cancellationToken)
    {
        while (await FindAsync(runId, cancellationToken).ConfigureAwait(false) is { } job && !IsOver(job))
        {
            await Task.Delay(services.Pause, services.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
