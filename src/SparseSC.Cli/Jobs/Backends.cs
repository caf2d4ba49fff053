using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;
using SparseSC.Core.Jobs.Local;

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
            LocalBatchConfig local => new LocalBatchBackend(local, context.WorkerHome),
            _ => throw new InvalidInputException("UnknownBackend", $"{{Config}} asks for the backend '{config.Backend}', which there is not.", "Config"),
        };
    }

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
