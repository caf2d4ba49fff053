namespace SparseSC.Core.Effects;

/// <summary>The number of threads an option means.</summary>
internal static class Degree
{
    /// <summary>0 is one per processor.</summary>
    public static ParallelOptions Of(int threads, CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
        CancellationToken = cancellationToken,
    };
}
