using SparseSC.Core.Models;
using SparseSC.Numerics.Statistics;

namespace SparseSC.Core.Effects;

/// <summary>One estimate against n placebos: the p-value and the interval are one decision, made on integers.</summary>
/// <remarks>
/// With α = 1 − level, j = ⌊α(n+1)⌋ and k = ⌊α(n+1)/2⌋. Symmetric: p = (1 + #{|placebo| ≥ |effect|})/(n+1), interval = effect ∓ the j-th
/// largest |placebo|. Asymmetric: p = 2·(1 + the smaller of #{placebo ≥ effect} and #{placebo ≤ effect})/(n+1), at most 1, interval =
/// [effect − k-th largest placebo, effect − k-th smallest]. A size, which is never negative, is judged from above alone, whatever the
/// tails, and its bounds are those of the symmetric test. For j (k) = 0 nothing can be rejected, and the interval has no ends.
/// A closed interval leaves out 0 exactly when p ≤ α, ties included.
/// </remarks>
internal static class RankTest
{
    // A product such as .1·40 may fall short of its integer by rounding.
    private const double Rounding = 1e-9;

    /// <summary>j: how many of n placebos and the estimate itself may be as extreme before the estimate counts as usual.</summary>
    public static int Rank(int placebos, double level) => (int)Math.Floor(((1 - level) * (placebos + 1.0)) + Rounding);

    /// <summary>k: the same for each of two tails.</summary>
    public static int TailRank(int placebos, double level) => (int)Math.Floor(((1 - level) * (placebos + 1.0) / 2) + Rounding);

    /// <summary>The smallest p-value that n placebos can give.</summary>
    public static double SmallestPValue(int placebos, bool asymmetric) => Math.Min(1, (asymmetric ? 2 : 1) / (placebos + 1.0));

    /// <summary>The half-width of a symmetric interval: one of the absolute placebos, which come back in another order, or infinite.</summary>
    public static double HalfWidth(Span<double> absolute, double level)
    {
        int rank = Rank(absolute.Length, level);
        return rank == 0 ? double.PositiveInfinity : OrderStatistic.Select(absolute, absolute.Length - rank);
    }

    /// <summary>Judges one estimate.</summary>
    /// <param name="effect">The estimate.</param>
    /// <param name="placebos">The placebos; they come back in another order, or as absolute values.</param>
    /// <param name="level">Level of the interval.</param>
    /// <param name="asymmetric">Whether each tail has a test of its own.</param>
    /// <param name="isSize">Whether neither the estimate nor a placebo can be negative.</param>
    public static EffectValue Judge(double effect, Span<double> placebos, double level, bool asymmetric, bool isSize)
    {
        int n = placebos.Length;
        int above = 0;
        int below = 0;
        int asLarge = 0;
        foreach (double placebo in placebos)
        {
            above += placebo >= effect ? 1 : 0;
            below += placebo <= effect ? 1 : 0;
            asLarge += Math.Abs(placebo) >= Math.Abs(effect) ? 1 : 0;
        }

        if (asymmetric && !isSize)
        {
            int rank = TailRank(n, level);
            return new EffectValue
            {
                Effect = effect,
                PValue = Math.Min(1, 2 * (1.0 + Math.Min(above, below)) / (n + 1.0)),
                CiLow = rank == 0 ? double.NegativeInfinity : effect - OrderStatistic.Select(placebos, n - rank),
                CiHigh = rank == 0 ? double.PositiveInfinity : effect - OrderStatistic.Select(placebos, rank - 1),
            };
        }

        for (int i = 0; i < n && !isSize; i++)
        {
            placebos[i] = Math.Abs(placebos[i]);
        }

        double halfWidth = HalfWidth(placebos, level);
        return new EffectValue
        {
            Effect = effect,
            PValue = (1.0 + (isSize ? above : asLarge)) / (n + 1.0),
            CiLow = effect - halfWidth,
            CiHigh = effect + halfWidth,
        };
    }
}
