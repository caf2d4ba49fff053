using System.Globalization;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Diagnosis;

/// <summary>Whether to believe an estimate, as far as it tells by itself: nothing is fitted again.</summary>
/// <remarks>Rules and their sources are those of docs/diagnostics.md. A row whose number does not exist is left out.</remarks>
internal static class EffectDiagnosis
{
    private const double Small = 0.001;

    /// <summary>The rows, in the order in which they are read.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="matchPValue">How many equals of the treated units would be matched as badly before the treatment.</param>
    /// <param name="hasFixedEffects">Whether the estimator takes off each unit's mean.</param>
    /// <param name="isJudgedByPlacebos">Whether p-values and intervals of the effect come from placebos of controls.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static EffectDiagnostic[] Of(
        EffectEstimate estimate, double matchPValue, bool hasFixedEffects, bool isJudgedByPlacebos, CancellationToken cancellationToken)
    {
        EffectDiagnostic?[] rows =
        [
            PreFit(estimate),
            AmongControls(estimate, matchPValue),
            Hull(estimate, HullDistance.Of(estimate, hasFixedEffects, cancellationToken)),
            DonorRows.Largest(estimate),
            DonorRows.Effective(estimate),
            DonorRows.TreatedLater(estimate),
            Features(estimate),
            isJudgedByPlacebos ? Placebos(estimate) : null,
            PrePeriods(estimate),
        ];
        return [.. rows.OfType<EffectDiagnostic>()];
    }

    /// <summary>A row, good up to the first bound and bad beyond the second; bounds descend where more is better.</summary>
    public static EffectDiagnostic? Row(string what, double value, double good, double bad, string sentence)
    {
        bool isMoreBetter = good > bad;
        DiagnosticVerdict verdict = isMoreBetter
            ? value >= good ? DiagnosticVerdict.Good : value >= bad ? DiagnosticVerdict.Doubtful : DiagnosticVerdict.Bad
            : value <= good ? DiagnosticVerdict.Good : value <= bad ? DiagnosticVerdict.Doubtful : DiagnosticVerdict.Bad;
        return double.IsFinite(value) ? new EffectDiagnostic { What = what, Value = value, Verdict = verdict, Sentence = sentence } : null;
    }

    /// <summary>A number in a sentence; what is small keeps digits of its own, so that it does not read 0.</summary>
    public static string Say(double value) => value.ToString(
        Math.Abs(value) >= 1000 ? "0" : value == 0 || Math.Abs(value) >= Small ? "0.###" : "G3", CultureInfo.InvariantCulture);

    /// <summary>A share in a sentence, without its sign of per cent.</summary>
    public static string SayPercent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);

    private static EffectDiagnostic? PreFit(EffectEstimate estimate)
    {
        double missed = 0;
        double all = 0;
        foreach (PeriodEffect period in estimate.Periods)
        {
            foreach (int unit in period.TreatedUnits)
            {
                double mean = Enumerable.Range(period.WindowStart, estimate.PrePeriods).Average(t => estimate.Observed[unit, t]);
                for (int t = period.WindowStart; t < period.WindowStart + estimate.PrePeriods; t++)
                {
                    double gap = estimate.Observed[unit, t] - estimate.Synthetic[unit, t];
                    missed += gap * gap;
                    all += (estimate.Observed[unit, t] - mean) * (estimate.Observed[unit, t] - mean);
                }
            }
        }

        double share = 1 - (missed / all);
        return Row(
            "pre-period fit",
            share,
            .9,
            .8,
            share >= 0
                ? $"The synthetic outcomes reproduce {SayPercent(share)} % of how the treated outcomes vary before the treatment."
                : "Before the treatment the treated outcomes' own mean is nearer to them than the synthetic outcomes are.");
    }

    private static EffectDiagnostic? AmongControls(EffectEstimate estimate, double p)
    {
        string size = Say(estimate.PreFit.Rms.Effect);
        double typical = TypicalRmspe(estimate);
        string controls = double.IsFinite(typical) ? $", {Say(typical)} for the median control" : "";
        return Row(
            "pre-period fit among controls",
            p,
            .1,
            .05,
            $"The root mean square gap before the treatment is {size}{controls}: {SayPercent(p)} of 100 equals would be matched as badly.");
    }

    private static double TypicalRmspe(EffectEstimate estimate)
    {
        double[] sizes =
        [
            .. estimate.Periods.SelectMany(period => Enumerable.Range(0, period.Units.Length)
                .Where(position => period.ControlUnits.Contains(period.Units[position]))
                .Select(position => WindowGaps.Rmspe(WindowGaps.Of(estimate, period, position, 0).AsSpan(0, estimate.PrePeriods))))
                .Order(),
        ];
        return sizes.Length == 0 ? double.NaN : (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2;
    }

    private static EffectDiagnostic? Hull(EffectEstimate estimate, HullDistance distance)
    {
        if (distance.Unit < 0)
        {
            return null;
        }

        string who = estimate.Units[distance.Unit];
        int treated = estimate.Periods.Sum(period => period.TreatedUnits.Length);
        string of = treated == 1 ? "" : distance.Looked == treated ? $", the farthest of {treated}," : $", the farthest of {distance.Looked} looked at,";
        return Row(
            "convex hull",
            distance.Largest,
            .1,
            .25,
            distance.Largest < .005
                ? $"Before the treatment {who}{of} lies inside the convex hull of the donors."
                : $"Before the treatment {who}{of} lies {Say(distance.Largest)} standard deviations of the donors outside their convex hull.");
    }

    private static EffectDiagnostic? Features(EffectEstimate estimate)
    {
        int[] kept = [.. estimate.Periods.Select(period => period.Fit.V.Count(weight => weight > 0))];
        int all = estimate.Periods.Max(period => period.Fit.V.Length);

        // Without a score nothing was chosen: the estimator has no feature weights.
        if (all == 0 || estimate.Periods.All(period => double.IsNaN(period.Fit.Score) && period.Fit.V.All(weight => weight == 0)))
        {
            return null;
        }

        int fewest = kept.Min();
        string where = kept.Length > 1 ? " in the fit that keeps fewest" : "";
        return Row(
            "features kept",
            fewest,
            1,
            .5,
            fewest == 0
                ? "No feature is matched on, so that every synthetic control is close to a plain mean of the donors."
                : $"{fewest} of {all} features are matched on{where}.");
    }

    private static EffectDiagnostic? Placebos(EffectEstimate estimate)
    {
        PlaceboInference effect = estimate.Effect;
        if (effect.PlaceboCount == 0)
        {
            return null;
        }

        double smallest = RankTest.SmallestPValue(effect.PlaceboCount, effect.Asymmetric);
        int treated = estimate.Periods.Sum(period => period.TreatedUnits.Length);
        int controls = estimate.Periods.Min(period => period.ControlUnits.Length);
        bool areFew = EffectWarnings.AreFew(treated, controls);
        double level = 1 - effect.Level;
        string count = effect.PlaceboCount == 1
            ? "1 placebo allows"
            : $"{effect.PlaceboCount.ToString("N0", CultureInfo.InvariantCulture)} placebos allow";
        EffectDiagnostic? row = Row("placebos", smallest, level + 1e-9, level + 1e-9, $"{count} no p-value below {Say(smallest)}.");
        if (areFew && row?.Verdict == DiagnosticVerdict.Good)
        {
            row.Verdict = DiagnosticVerdict.Doubtful;
            row.Sentence = $"{treated} treated units are compared with {controls} controls: "
                + "in simulations 95 % intervals held the truth in 85 to 93 of 100 cases.";
        }

        return row;
    }

    private static EffectDiagnostic? PrePeriods(EffectEstimate estimate) => Row(
        "pre-periods",
        estimate.PrePeriods,
        10,
        5,
        estimate.PrePeriods >= 10
            ? $"{estimate.PrePeriods} periods before the treatment are matched on."
            : $"Only {estimate.PrePeriods} periods before the treatment are matched on: in simulations simplex estimates from 5 were off 1.4 "
                + "times as far as from 20, though placebo tests kept their size where treated units are like controls.");
}
