using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Batch.Jobs;

/// <summary>The things that a backend gets from the program that makes it, beside its configuration.</summary>
public sealed class BackendContext
{
    /// <summary>The place of the program's own worker.</summary>
    public required WorkerHome WorkerHome { get; init; }

    /// <summary>Who is told what the backend does; may be called from any thread.</summary>
    public IProgress<JobStep>? Steps { get; init; }
}
