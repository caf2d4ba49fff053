using SparseSC.Batch.Jobs;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>The things that work on a backend has at hand.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Streams">Where the work writes.</param>
/// <param name="Stopping">Cancelled by Ctrl-C or Stop-Job.</param>
internal sealed record BackendWork(IBatchBackend Backend, IWorkStreams Streams, CancellationToken Stopping);
