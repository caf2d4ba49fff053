using System.Collections.Concurrent;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Loading;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>The backends that one command speaks to, each made once: a sign-in is not repeated for every job of a pipeline.</summary>
internal sealed class BackendSet(StepReporter steps)
{
    private readonly ConcurrentDictionary<BatchConfig, IBatchBackend> _backends = new(ReferenceEqualityComparer.Instance);
    private readonly LocalBatchConfig _default = new();

    /// <summary>The backend of a configuration; without one, this machine with the default settings.</summary>
    public IBatchBackend For(BatchConfig? config) => _backends.GetOrAdd(config is LostBatchConfig lost ? throw lost.Refusal() : config ?? _default, wanted => BackendFactory.Create(wanted, steps));
}
