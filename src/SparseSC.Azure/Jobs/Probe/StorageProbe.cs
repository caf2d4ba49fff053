using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Probe;

/// <summary>Whether storage can be written and addresses be signed.</summary>
internal sealed class StorageProbe(AzureServices services)
{
    private const string Folder = "probes/";

    /// <summary>Writes a blob and deletes it. Where nothing was ever started, in a container that is made and deleted.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ProbeAsync(services.Home, cancellationToken).ConfigureAwait(false);
            return [Finding.Ok($"The {services.Home} can be written.")];
        }
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted)
        {
            StorageContainer trial = services.Storage.Container($"sparsesc-probe-{Guid.NewGuid():N}");
            await trial.CreateIfMissingAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await ProbeAsync(trial, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await trial.DeleteAsync(CancellationToken.None).ConfigureAwait(false);
            }

            return [Finding.Ok($"Containers can be made and written at {services.Storage.Endpoint}; '{services.Home.Name}' will be made with the first job.")];
        }
    }

    /// <summary>Signs an address as nodes will get them.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> SignAsync(CancellationToken cancellationToken)
    {
        if (services.Config.NodeIdentityId is { } identity)
        {
            return [Finding.Warning($"Nodes will read and write with the identity '{identity}'. Whether the pool has it, and it has its role on the storage account, only a task can tell.")];
        }

        StorageAccess access = await services.Home.GrantAccessAsync(services.Config.StorageAccessDuration, cancellationToken).ConfigureAwait(false);
        return [Finding.Ok($"Addresses for nodes can be signed, {(services.Storage.SignsWithKey ? "with the account's key" : "on behalf of who is signed in")}; signed now, they would be valid until {access.ExpiresOn:u}.")];
    }

    private static async Task ProbeAsync(StorageContainer container, CancellationToken cancellationToken)
    {
        string blob = $"{Folder}{Guid.NewGuid():N}";
        await container.WriteTextAsync(blob, "", cancellationToken: cancellationToken).ConfigureAwait(false);
        await container.DeleteBlobAsync(blob, CancellationToken.None).ConfigureAwait(false);
    }
}
