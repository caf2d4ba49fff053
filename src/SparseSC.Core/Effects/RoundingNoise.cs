using SparseSC.Core.Data;

namespace SparseSC.Core.Effects;

/// <summary>What is too small to be more than rounding, and so must not be compared with anything: one rule for all tests.</summary>
/// <remarks>
/// A difference of outcomes counts as 0 when it is at most 1e-10 of the largest outcome in its window. A unit is matched perfectly when all
/// its differences before the treatment are 0 in this sense.
/// </remarks>
internal static class RoundingNoise
{
    private const double Share = 1e-10;

    /// <summary>The largest difference that counts as 0.</summary>
    /// <param name="outcomes">Outcomes, one row per unit.</param>
    /// <param name="start">First column of the window.</param>
    /// <param name="length">Columns of the window.</param>
    public static double Limit(FeatureMatrix outcomes, int start, int length)
    {
        double largest = 0;
        for (int unit = 0; unit < outcomes.Rows; unit++)
        {
            largest = Math.Max(largest, Limit(outcomes.Row(unit).Slice(start, length)));
        }

        return largest;
    }

    /// <summary>The same for outcomes in one row.</summary>
    public static double Limit(ReadOnlySpan<double> outcomes)
    {
        double largest = 0;
        foreach (double outcome in outcomes)
        {
            largest = Math.Max(largest, Math.Abs(outcome));
        }

        return Share * largest;
    }

    /// <summary>The value, or 0 where it is at most <paramref name="limit"/>.</summary>
    public static double Clean(double value, double limit) => Math.Abs(value) <= limit ? 0 : value;
}
