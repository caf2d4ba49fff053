using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>Makes backends that run jobs on Azure Batch.</summary>
public sealed class AzureBackendProvider : IBatchBackendProvider
{
    /// <inheritdoc/>
    public IBatchBackend Create(BatchConfig config, BackendContext context)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(context);
        AzureBatchConfig azure = config as AzureBatchConfig ?? throw new InvalidInputException(
            ErrorIds.UnknownBackend, $"{{Config}} asks for the backend '{config.Backend}', and this one is '{AzureBatchConfig.BackendName}'.", "Config");

        // The worker is needed where jobs are started; whoever looks at them or receives results may not have it.
        AzureBatchConfigValidator.Refuse(AzureBatchConfigValidator
            .Inspect(azure, context.WorkerHome, EnvironmentVariables.OfThisProcess)
            .Where(finding => finding.Check != nameof(AzureBatchConfig.WorkerPath)));
        return new AzureBatchBackend(AzureServices.Open(azure, context));
    }
}
