using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>Which containers hold results of a plan: results are the plan's, and outlive the job that computed them.</summary>
internal sealed class PlanOutputs(AzureServices services)
{
    /// <summary>Notes a container, before it is made.</summary>
    public Task AddAsync(string planHash, string container, CancellationToken cancellationToken) =>
        services.Home.WriteTextAsync(JobLayout.PlanOutputMark(planHash, container), "", cancellationToken: cancellationToken);

    /// <summary>The containers, in no order; one of them may be gone or not be made yet.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string planHash, CancellationToken cancellationToken)
    {
        string folder = JobLayout.PlanOutputsFolder(planHash);
        List<string> containers = [];
        try
        {
            await foreach (StoredBlob blob in services.Home.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                containers.Add(blob.Name[folder.Length..]);
            }
        }
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted)
        {
            // Where nothing was ever started there are no results.
        }

        return containers;
    }

    /// <summary>Deletes a container with all in it, and the note of it.</summary>
    /// <returns>Whether the container was there.</returns>
    public async Task<bool> DeleteAsync(string planHash, string container, CancellationToken cancellationToken)
    {
        bool wasThere = await services.Storage.Container(container).DeleteAsync(cancellationToken).ConfigureAwait(false);
        await services.Home.DeleteBlobAsync(JobLayout.PlanOutputMark(planHash, container), cancellationToken).ConfigureAwait(false);
        return wasThere;
    }
}
