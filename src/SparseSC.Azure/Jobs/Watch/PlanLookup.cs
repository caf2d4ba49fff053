using System.Collections.Concurrent;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Finds a job's plan, to tell folds and penalties: in the batch directory it was started from, else among its inputs.</summary>
internal sealed class PlanLookup(AzureServices services)
{
    private readonly ConcurrentDictionary<string, BatchPlan> _known = new();

    /// <summary>The plan; <c>null</c> when it is neither here nor in storage any more.</summary>
    public async Task<BatchPlan?> FindAsync(JobRecord record, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(record.PlanHash, out BatchPlan? plan))
        {
            return plan;
        }

        plan = TryLoad(record.BatchDirectory, record.PlanHash) ?? await FromStorageAsync(record, cancellationToken).ConfigureAwait(false);
        return plan is null ? null : _known.GetOrAdd(record.PlanHash, plan);
    }

    private async Task<BatchPlan?> FromStorageAsync(JobRecord record, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sparsesc-plan-");
        try
        {
            await services.Inputs.DownloadAsync(record.Inputs + PlanLayout.PlanFile, folder.FullName, cancellationToken: cancellationToken).ConfigureAwait(false);
            return TryLoad(Path.Combine(folder.FullName, PlanLayout.PlanFile), record.PlanHash);
        }
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted)
        {
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BatchPlan? TryLoad(string path, string hash)
    {
        try
        {
            BatchPlan plan = BatchPlans.Load(path);
            return plan.Hash == hash ? plan : null;
        }
        catch (Exception error) when (error is BatchPlanException or IOException or UnauthorizedAccessException)
        {
            // Another machine's directory, or one that holds another plan by now.
            return null;
        }
    }
}
