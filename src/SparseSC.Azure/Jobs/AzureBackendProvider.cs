using SparseSC.Azure.Jobs.Probe;
using SparseSC.Azure.Jobs.Remove;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Azure.Jobs.Watch;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;
using SparseSC.Core.Jobs.Azure;

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
            "UnknownBackend", $"{{Config}} asks for the backend '{config.Backend}', and this one is '{AzureBatchConfig.BackendName}'.", "Config");

        // The worker is needed where jobs are started; whoever looks at them or receives results may not have it.
        AzureBatchConfigValidator.Refuse(AzureBatchConfigValidator
            .Inspect(azure, context.WorkerHome, EnvironmentVariables.OfThisProcess)
            .Where(finding => finding.Check != nameof(AzureBatchConfig.WorkerPath)));
        return new AzureBatchBackend(PartsOf(AzureServices.Open(azure, context)));
    }

    internal static AzureBackendParts PartsOf(AzureServices services)
    {
        JobRecords records = new(services);
        JobCleanup cleanup = new(services);
        return new AzureBackendParts
        {
            Records = records,
            Submission = new JobSubmission(services),
            Observer = new JobObserver(services, records),
            Collector = new ResultCollector(services, cleanup),
            Restart = new TaskRestart(services, new FurtherRun(services, records)),
            Stop = new JobStop(services),
            Cleanup = cleanup,
            Probe = new ConfigProbe(services),
        };
    }
}
