namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>The estimate, or one made of other units as if they were the treated ones.</summary>
/// <param name="After">Differences from the treatment on.</param>
/// <param name="Before">Differences before it.</param>
/// <param name="Scaled">Differences after it by the root mean square before it; <c>null</c> where that is 0.</param>
/// <param name="Parts">Differences of each treatment time.</param>
internal sealed record MeanReplicate(MeanPath After, MeanPath Before, MeanPath? Scaled, IReadOnlyList<double[]> Parts)
{
    /// <summary>Brings the treatment times together.</summary>
    /// <param name="parts">The cohorts and their differences.</param>
    /// <param name="negligible">Differences of at most this size are rounding.</param>
    public static MeanReplicate Of(IReadOnlyList<(MeanCohort Cohort, double[] Differences)> parts, double negligible)
    {
        double[] sizes = [.. parts.Select(part => Size(part.Differences.AsSpan(0, part.Cohort.Pre)))];
        bool isScaled = sizes.All(size => size > negligible);
        return new MeanReplicate(
            MeanPath.After(parts),
            MeanPath.Before(parts),
            isScaled ? MeanPath.After([.. parts.Select((part, i) => (part.Cohort, part.Differences.Select(value => value / sizes[i]).ToArray()))]) : null,
            [.. parts.Select(part => part.Differences)]);
    }

    private static double Size(ReadOnlySpan<double> values)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += value * value;
        }

        return Math.Sqrt(squares / values.Length);
    }
}
