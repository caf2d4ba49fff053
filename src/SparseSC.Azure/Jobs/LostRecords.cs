using System.Runtime.CompilerServices;
using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs;

/// <summary>Finds jobs whose records are gone, by what their runs say in the Batch service.</summary>
internal sealed class LostRecords(AzureServices services)
{
    private static readonly string[] Members = ["id", "state", "creationTime", "metadata", "poolInfo", "usesTaskDependencies"];

    /// <summary>The record of one job; <c>null</c> when the service knows nothing of it.</summary>
    public async Task<JobRecord?> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        await foreach (JobRecord record in ListAsync(id => id == jobId, cancellationToken).ConfigureAwait(false))
        {
            return record;
        }

        return null;
    }

    /// <summary>The records of jobs by their ids.</summary>
    /// <param name="wanted">Which jobs.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<JobRecord> ListAsync(Func<string, bool> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, List<BatchJob>> runs = [];
        await foreach (BatchJob job in BatchCall.ListAsync(
            "list jobs", services.Batch.Jobs.ListAsync(filter: null, Members, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            if (job.State != BatchJobState.Deleting
                && BatchRuns.MetadataOf(job, JobLayout.JobMetadata) is { } id && JobLayout.IsValidJobId(id) && wanted(id))
            {
                (runs.TryGetValue(id, out List<BatchJob>? known) ? known : runs[id] = []).Add(job);
            }
        }

        foreach ((string id, List<BatchJob> ofJob) in runs)
        {
            if (RunMetadata.ToRecord(id, ofJob, services.Config) is { } record)
            {
                yield return record;
            }
        }
    }
}
