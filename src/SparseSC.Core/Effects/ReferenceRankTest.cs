using SparseSC.Core.Models;
using SparseSC.Numerics.Statistics;

namespace SparseSC.Core.Effects;

/// <summary>One estimate against n placebos as the Python package judges it; for comparison only.</summary>
/// <remarks>
/// k = max(1, round((1 − level)·n/2)) − 1, interval = effect ± sorted|placebo|[n−1−2k], or, from the two tails, [effect − s[n−1−k],
/// effect − s[k]]; p is of absolute values always. Source: microsoft/SparseSC, <c>_gen_placebo_stats_from_diffs</c>.
/// </remarks>
internal static class ReferenceRankTest
{
    /// <summary>The half-width of a symmetric interval: one of the absolute placebos, which come back in another order.</summary>
    public static double HalfWidth(Span<double> absolute, double level) =>
        OrderStatistic.Select(absolute, absolute.Length - 1 - (2 * TailRank(absolute.Length, level)));

    /// <inheritdoc cref="RankTest.Judge"/>
    public static EffectValue Judge(double effect, Span<double> placebos, double level, bool asymmetric, bool isSize)
    {
        int n = placebos.Length;
        int extreme = 0;
        foreach (double placebo in placebos)
        {
            bool asLarge = isSize ? placebo >= effect : Math.Abs(placebo) >= Math.Abs(effect);
            extreme += asLarge ? 1 : 0;
        }

        EffectValue value = new() { Effect = effect, PValue = (extreme + 1.0) / (n + 1.0) };
        if (asymmetric)
        {
            int k = TailRank(n, level);
            value.CiHigh = effect - OrderStatistic.Select(placebos, k);
            value.CiLow = effect - OrderStatistic.Select(placebos, n - 1 - k);
            return value;
        }

        for (int i = 0; i < n; i++)
        {
            placebos[i] = Math.Abs(placebos[i]);
        }

        double halfWidth = HalfWidth(placebos, level);
        (value.CiLow, value.CiHigh) = (effect - halfWidth, effect + halfWidth);
        return value;
    }

    private static int TailRank(int placebos, double level) =>
        Math.Max(1, (int)Math.Round((1 - level) / (2.0 / placebos), MidpointRounding.ToEven)) - 1;
}
