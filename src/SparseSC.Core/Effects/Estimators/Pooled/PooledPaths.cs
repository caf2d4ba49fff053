using SparseSC.Core.Effects.Estimators.Means;

namespace SparseSC.Core.Effects.Estimators.Pooled;

/// <summary>Differences of a fit by event time. The average is that of the units' own averages, so that each counts once however long it is seen.</summary>
/// <param name="After">From the treatment on.</param>
/// <param name="Before">Before it.</param>
/// <param name="Scaled">After it by each unit's root mean square before it; <c>null</c> where one of them is 0.</param>
/// <param name="Fit">The fit.</param>
internal sealed record PooledPaths(MeanPath After, MeanPath Before, MeanPath? Scaled, PooledFit Fit)
{
    /// <summary>Brings units together.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="before">Event times before the treatment.</param>
    /// <param name="after">Event times from it on.</param>
    /// <param name="negligible">Differences of at most this size are rounding.</param>
    public static PooledPaths Of(PooledFit fit, int before, int after, double negligible)
    {
        double[][] early = [.. fit.Differences.Select(unit => Clean(unit.Values[..unit.Target.Period], negligible))];
        double[][] late = [.. fit.Differences.Select(unit => Clean(unit.Values[unit.Target.Period..], negligible))];
        double[] sizes = [.. early.Select(row => Math.Sqrt(row.Average(value => value * value)))];
        return new PooledPaths(
            MeanPath.OfUnits(late, after, isBefore: false),
            MeanPath.OfUnits(early, before, isBefore: true),
            sizes.All(size => size > negligible)
                ? MeanPath.OfUnits([.. late.Select((row, i) => row.Select(value => value / sizes[i]).ToArray())], after, isBefore: false)
                : null,
            fit);
    }

    private static double[] Clean(double[] values, double negligible) => [.. values.Select(value => RoundingNoise.Clean(value, negligible))];
}
