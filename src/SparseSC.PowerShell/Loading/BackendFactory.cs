using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Loading;

/// <summary>Makes the backend that a configuration asks for.</summary>
internal static class BackendFactory
{
    /// <exception cref="BatchJobException">The module does not have that backend.</exception>
    /// <exception cref="InvalidInputException">The configuration is incomplete or contradicts itself.</exception>
    public static IBatchBackend Create(BatchConfig config, IProgress<JobStep>? steps)
    {
        BackendContext context = new() { WorkerHome = ModuleFiles.WorkerHome(), Steps = steps };
        return config switch
        {
            LocalBatchConfig local => new LocalBatchBackend(local, context.WorkerHome),
            AzureBatchConfig azure => AzureProvider.Instance.Create(azure, context),
            _ => throw new BatchJobException(ErrorIds.UnknownBackend, $"{{Config}} asks for the backend '{config.Backend}', which this version of the module does not have."),
        };
    }
}
