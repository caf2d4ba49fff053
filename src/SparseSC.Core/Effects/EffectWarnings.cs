using System.Globalization;

namespace SparseSC.Core.Effects;

/// <summary>What a user must know before believing an estimate.</summary>
internal static class EffectWarnings
{
    /// <summary>That nothing can be rejected at the level asked for; <c>null</c> when something can.</summary>
    public static string? Unbounded(PlaceboInference inference)
    {
        int n = inference.PlaceboCount;
        int rank = inference.Asymmetric ? RankTest.TailRank(n, inference.Level) : RankTest.Rank(n, inference.Level);
        if (inference.Interval == IntervalRule.Reference || rank > 0)
        {
            return null;
        }

        double smallest = RankTest.SmallestPValue(n, inference.Asymmetric);
        string placebos = n == 1 ? "1 placebo" : $"{Say(n)} placebos";
        return $"Intervals have no ends: with {placebos} no p-value can be below {Say(smallest)}, which is more than 1 − {{Level}} = {Say(1 - inference.Level)}. "
            + $"A {{Level}} of {Say(Math.Floor((1 - smallest) * 1000) / 1000)} or less, or more controls, bound them.";
    }

    private static string Say(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
