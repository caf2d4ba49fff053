namespace SparseSC.Numerics.Optimization;

/// <summary>Euclidean projection onto the unit simplex by sorting.</summary>
/// <remarks>Source: Duchi, Shalev-Shwartz, Singer, Chandra (2008), "Efficient projections onto the l1-ball", ICML.</remarks>
public static class SimplexProjection
{
    /// <summary>Writes the nearest point with non-negative coordinates that sum to 1; <paramref name="scratch"/> has the same length.</summary>
    public static void Project(ReadOnlySpan<double> point, Span<double> result, Span<double> scratch)
    {
        if (point.Length == 1)
        {
            result[0] = 1;
            return;
        }

        point.CopyTo(scratch);
        Span<double> sorted = scratch[..point.Length];
        sorted.Sort();
        double sum = 0;
        double threshold = 0;
        for (int i = 1; i <= sorted.Length; i++)
        {
            double value = sorted[^i];
            sum += value;
            double candidate = (sum - 1) / i;
            if (value - candidate > 0)
            {
                threshold = candidate;
            }
        }

        for (int i = 0; i < point.Length; i++)
        {
            result[i] = Math.Max(point[i] - threshold, 0);
        }
    }
}
