using SparseSC.Azure.Jobs.Submit;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Remove;

/// <summary>Removes what a job has in storage. No other job reads any of it.</summary>
internal sealed class StoredPlan(AzureServices services, JobRecord record)
{
    private const string LogsFolder = "logs/";

    private readonly PlanOutputs _outputs = new(services);

    /// <summary>
    /// The containers of results that go: those of the job's runs, and with the last job of its plan those that earlier jobs have left.
    /// The latest is the last.
    /// </summary>
    public async Task<IReadOnlyList<string>> OutputsAsync(CancellationToken cancellationToken)
    {
        string[] own = [.. record.Runs.Select(run => run.Container)];
        await foreach (JobRecord other in services.Records.ListAsync(record.PlanHash, cancellationToken).ConfigureAwait(false))
        {
            if (other.Id != record.Id)
            {
                return own;
            }
        }

        return [.. (await _outputs.ListAsync(record.PlanHash, cancellationToken).ConfigureAwait(false)).Except(own, StringComparer.Ordinal), .. own];
    }

    /// <summary>Removes results, models and logs.</summary>
    /// <param name="cancellationToken">Stops it; it can be done again.</param>
    public async Task RemoveOutputsAsync(CancellationToken cancellationToken)
    {
        foreach (string container in await OutputsAsync(cancellationToken).ConfigureAwait(false))
        {
            services.Steps.Detail($"Deleting the {services.Storage.Container(container)}.");
            await _outputs.DeleteAsync(record.PlanHash, container, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the plan's files, which tasks read.</summary>
    public Task RemoveInputsAsync(CancellationToken cancellationToken) =>
        new PlanUpload(services).RemoveInputsAsync(record.Inputs, cancellationToken);

    /// <summary>Removes the logs of the job's runs.</summary>
    public async Task RemoveLogsAsync(CancellationToken cancellationToken)
    {
        foreach (StorageContainer container in record.Runs.Select(services.OutputsOf))
        {
            try
            {
                await foreach (StoredBlob blob in container.ListAsync(LogsFolder, cancellationToken).ConfigureAwait(false))
                {
                    await container.DeleteBlobAsync(blob.Name, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted)
            {
                // What is gone counts as removed.
            }
        }
    }
}
