using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>Makes backends. An assembly that is loaded apart from this one has a public class with it and no constructor arguments.</summary>
public interface IBatchBackendProvider
{
    /// <summary>Makes the backend of a configuration, without reaching for any service yet.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">The configuration is incomplete or contradicts itself; all faults are named.</exception>
    IBatchBackend Create(BatchConfig config, BackendContext context);
}
