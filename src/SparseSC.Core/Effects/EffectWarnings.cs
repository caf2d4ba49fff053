using System.Globalization;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>What a user must know before believing an estimate.</summary>
internal static class EffectWarnings
{
    private const int FewestControls = 10;
    private const int FewestOfStandardError = 20;
    private const int FewestOfJackknife = 5;
    private const double Unusual = 0.05;

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

    /// <summary>That intervals of several treated units are too narrow; <c>null</c> where they are not.</summary>
    /// <param name="samples">The treatment times.</param>
    public static string? FewControls(IReadOnlyList<PeriodSample> samples)
    {
        int treated = samples.Sum(sample => sample.Treated.Length);
        int controls = samples.Min(sample => sample.Controls.Length);
        string where = samples.Count > 1 ? " at the treatment time that has fewest" : "";
        return AreFew(treated, controls)
            ? $"{treated} treated units are compared with {controls} controls{where}. With fewer than {FewestControls} controls, "
                + "or treated units more than half as many as controls, intervals hold the truth less often than {Level} says, and p-values are too small: "
                + "in simulations 95 % intervals held it in 85 to 93 of 100 cases."
            : null;
    }

    /// <summary>Whether so few controls leave intervals of several treated units too narrow.</summary>
    public static bool AreFew(int treated, int controls) => treated > 1 && (treated > controls / 2.0 || controls < FewestControls);

    /// <summary>That a standard error comes from few placebos; <c>null</c> where there are enough.</summary>
    /// <param name="controls">The controls they are made of.</param>
    public static string? FewPlacebos(int controls) => controls < FewestOfStandardError
        ? $"The standard error is that of placebos from {controls} controls, and such errors differ by {Say(Math.Round(100 / Math.Sqrt(2 * (controls - 1.0))))} % "
            + $"(one standard deviation) from panel to panel. Take it for an order of magnitude where there are fewer than {FewestOfStandardError} controls."
        : null;

    /// <summary>That a jackknife that leaves out units, most of them controls, knows too little of how treated units differ; <c>null</c> where there are enough.</summary>
    /// <param name="treated">The treated units.</param>
    public static string? FewTreated(int treated)
    {
        string units = treated == 1 ? "one treated unit" : $"{treated} treated units";
        return treated < FewestOfJackknife
            ? $"With {units} the jackknife's standard error says little, because hardly anything but controls is left out: 95 % intervals of one treated unit held the truth "
                + $"in 63 to 70 of 100 simulated panels. Give {{Inference}} {{Inference:Placebo}}, or take it from {FewestOfJackknife} treated units on."
            : null;
    }

    /// <summary>That the treated are matched worse than controls are, so that p-values of the effect are too small; <c>null</c> where they are not.</summary>
    /// <param name="scaled">The scaled effect, or <c>null</c> where it is left out.</param>
    /// <param name="treated">The number of treated units.</param>
    /// <param name="p">How many equals of theirs would be matched as badly.</param>
    public static string? Unlike(PlaceboInference? scaled, int treated, double p)
    {
        if (!(p <= Unusual))
        {
            return null;
        }

        string who = treated == 1 ? "The treated unit is" : "The treated units are";
        string where = treated == 1 ? "preFit.rms" : "preFit.rms among those of as many of all units";
        string judge = scaled is null
            ? "The scaled effect, which would allow for that, is left out here."
            : $"Judge by scaledEffect, where every difference is divided by its own unit's root mean square before the treatment: average {Say(scaled.Average.Effect)} of these, "
                + $"p = {Say(scaled.Average.PValue)}.";
        return $"{who} matched worse before the treatment than controls are ({where}, p = {Say(p)}), and so may differ as much after it without any effect: p-values of "
            + $"effect are too small and its intervals too narrow (of units twice as noisy as controls, 25 to 33 in 100 have p ≤ .05). {judge}";
    }

    private static string Say(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
