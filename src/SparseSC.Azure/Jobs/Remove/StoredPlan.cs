using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Remove;

/// <summary>Removes what a plan has in storage.</summary>
internal sealed class StoredPlan(AzureServices services, JobRecord record)
{
    private const int DeletionsAtOnce = 16;
    private const string WorkersFolder = "workers/";

    /// <summary>Removes inputs, results, model and logs of the plan.</summary>
    /// <remarks>
    /// A container that the plan has to itself goes as a whole. In one that was named in the configuration others may keep things, so it
    /// goes only when nothing but workers is left in it.
    /// </remarks>
    /// <param name="isRecordLeaving">Whether the job's record is to go, too.</param>
    /// <param name="cancellationToken">Stops it; it can be done again.</param>
    public async Task RemoveAsync(bool isRecordLeaving, CancellationToken cancellationToken)
    {
        StorageContainer container = services.ContainerOf(record);
        if (container.Name != services.Home.Name)
        {
            services.Steps.Detail($"Deleting the {container}.");
            await container.DeleteAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        string folder = JobLayout.PlanFolder(record.PlanHash);
        string marks = JobLayout.PlanJobsFolder(record.PlanHash);
        List<StoredBlob> all = await ListAsync(container, "", cancellationToken).ConfigureAwait(false);
        bool IsOfPlan(string name) => name.StartsWith(folder, StringComparison.Ordinal) && !name.StartsWith(marks, StringComparison.Ordinal);
        bool IsOfRecord(string name) => name == JobLayout.RecordBlob(record.Id) || name == JobLayout.PlanJobMark(record.PlanHash, record.Id);
        bool isAlone = isRecordLeaving
            && all.TrueForAll(blob => blob.Name.StartsWith(WorkersFolder, StringComparison.Ordinal) || IsOfPlan(blob.Name) || IsOfRecord(blob.Name));
        if (isAlone)
        {
            services.Steps.Detail($"Deleting the {container}.");
            await container.DeleteAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        services.Steps.Detail($"The {container} holds other things, so only what is of this plan is deleted from it.");
        await DeleteAsync(container, [.. all.Where(blob => IsOfPlan(blob.Name))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the logs of the job's runs.</summary>
    public async Task RemoveLogsAsync(CancellationToken cancellationToken)
    {
        StorageContainer container = services.ContainerOf(record);
        foreach (string run in record.Runs)
        {
            List<StoredBlob> logs = await ListAsync(container, JobLayout.RunLogFolder(record.PlanHash, run), cancellationToken).ConfigureAwait(false);
            await DeleteAsync(container, logs, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<List<StoredBlob>> ListAsync(StorageContainer container, string prefix, CancellationToken cancellationToken)
    {
        List<StoredBlob> blobs = [];
        try
        {
            await foreach (StoredBlob blob in container.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                blobs.Add(blob);
            }
        }
        catch (BatchJobException error) when (error.ErrorId is "StorageContainerNotFound" or "StorageContainerBeingDeleted")
        {
            // What is gone counts as removed.
        }

        return blobs;
    }

    private async Task DeleteAsync(StorageContainer container, List<StoredBlob> blobs, CancellationToken cancellationToken)
    {
        int done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = DeletionsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(blobs, parallel, async (blob, token) =>
        {
            await container.DeleteBlobAsync(blob.Name, token).ConfigureAwait(false);
            services.Steps.Progress("Deleting blobs", Interlocked.Increment(ref done), blobs.Count);
        }).ConfigureAwait(false);
    }
}
