using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;

namespace SparseSC.Cli.Jobs;

/// <summary>Makes the backend that a configuration asks for.</summary>
internal static class Backends
{
    /// <exception cref="InvalidInputException">The configuration is incomplete or contradicts itself.</exception>
    public static IBatchBackend Create(BatchConfig config, IProgress<JobStep> steps)
    {
        BackendContext context = new() { WorkerHome = Home(), Steps = steps };
        return config switch
        {
            AzureBatchConfig azure => new AzureBackendProvider().Create(azure, context),
            LocalBatchConfig local => new LocalBatchBackend(local, context.WorkerHome),
            _ => throw new InvalidInputException(ErrorIds.UnknownBackend, $"{{Config}} asks for the backend '{config.Backend}', which there is not.", "Config"),
        };
    }

    /// <summary>Warnings about a configuration that need no service, beside the faults for which it is refused.</summary>
    public static IEnumerable<ConfigFinding> Warnings(BatchConfig config) => config is AzureBatchConfig azure
        ? AzureBatchConfigValidator.Inspect(azure, Home(), EnvironmentVariables.OfThisProcess).Where(finding => finding.Severity == FindingSeverity.Warning)
        : [];

    /// <summary>Refuses a configuration with which no job can be started, before anything is asked of a service; answers warnings.</summary>
    /// <exception cref="InvalidInputException">It has faults, the worker's among them, which only starting a job needs.</exception>
    public static IReadOnlyList<string> RequireForStart(BatchConfig config) =>
        config is AzureBatchConfig azure ? AzureBatchConfigValidator.Validate(azure, Home(), EnvironmentVariables.OfThisProcess) : [];

    private static WorkerHome Home() => new()
    {
        ExecutablesDirectory = Path.Combine(AppContext.BaseDirectory, "worker"),
        OwnExecutable = Own(),
    };

    // Run by dotnet, the process is dotnet, and the program is a library beside it.
    private static string? Own()
    {
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "sparsesc")
        {
            return Environment.ProcessPath;
        }

        string library = Path.Combine(AppContext.BaseDirectory, "sparsesc.dll");
        return File.Exists(library) ? library : null;
    }
}
