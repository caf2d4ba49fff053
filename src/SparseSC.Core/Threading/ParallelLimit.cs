namespace SparseSC.Core.Threading;

/// <summary>How many threads work at once, and what stops them.</summary>
internal static class ParallelLimit
{
    /// <summary>0 is one per processor.</summary>
    public static ParallelOptions Of(int threads, CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
        CancellationToken = cancellationToken,
    };
}
