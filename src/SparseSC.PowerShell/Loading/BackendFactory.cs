using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;
using SparseSC.Core.Jobs.Local;

namespace SparseSC.PowerShell.Loading;

/// <summary>Makes the backend that a configuration asks for.</summary>
internal static class BackendFactory
{
    public static IBatchBackend Create(BatchConfig config) => config switch
    {
        LocalBatchConfig local => new LocalBatchBackend(local, ModuleFiles.WorkerHome()),
        _ => throw new BatchJobException("UnknownBackend", $"{{Config}} asks for the backend '{config.Backend}', which this version of the module does not have."),
    };
}
