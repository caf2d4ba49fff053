using SparseSC.Core.Jobs;

namespace SparseSC.Azure.Jobs;

/// <summary>Brings results from storage into a batch directory.</summary>
internal interface IResultCollector
{
    /// <summary>Brings the results that exist and says what is missing and why.</summary>
    Task<BatchResults> CollectAsync(JobRecord record, string? batchDirectory, CancellationToken cancellationToken);
}
