using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs;

/// <summary>Stops jobs by ending their runs; results that were uploaded stay.</summary>
internal sealed class JobStop(AzureServices services)
{
    private const string Reason = "StoppedByUser";

    /// <summary>Ends the runs of a job and returns its record when nothing of it runs any more.</summary>
    public async Task<JobRecord> StopAsync(JobRecord record, CancellationToken cancellationToken)
    {
        BatchRuns runs = new(services);
        IReadOnlyList<BatchJob> open = await runs.OpenAsync(record, cancellationToken).ConfigureAwait(false);
        if (open.Count == 0 && record.Submitting is null)
        {
            services.Steps.Detail($"Nothing of the job '{record.Id}' runs.");
            return record;
        }

        await runs.EndAsync(open, Reason, cancellationToken).ConfigureAwait(false);
        return await services.Records.UpdateAsync(
            record.Id,
            latest => latest with { Stopped = services.Time.GetUtcNow(), Submitting = null, Submitter = null },
            cancellationToken).ConfigureAwait(false);
    }
}
