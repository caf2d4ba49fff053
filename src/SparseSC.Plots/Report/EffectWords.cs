using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Plots.Report;

/// <summary>The question that an effect answers, and the answer, in words.</summary>
internal sealed class EffectWords(EffectEstimate estimate, ReportNumber number)
{
    private const int MostNamed = 3;

    private string Outcome => estimate.OutcomeName.Length > 0 ? estimate.OutcomeName : "the outcome";

    /// <summary>The question.</summary>
    public string Question => $"What did the treatment of {Who} {When} do to {Outcome}?";

    /// <summary>The answer: how much, how sure.</summary>
    public string[] Answer => [HowMuch, HowSure];

    /// <summary>Where p-values and intervals come from.</summary>
    public string Inference
    {
        get
        {
            PlaceboInference effect = estimate.Effect;
            string what = effect.Method == "placebo"
                ? $"A p-value is the share of the estimate and {number.Count(effect.PlaceboCount)} placebos, differences of controls "
                    + "that had no treatment, that are at least as extreme as the estimate"
                : $"p-values and intervals come from {number.Count(effect.PlaceboCount)} {Replicates(effect.Method)} ({effect.Method})";
            return $"{what}{(effect.Exhaustive ? "; these are all there are" : $", drawn with seed {effect.Seed}")}. Effects are "
                + "differences between what was observed and "
                + "what the donors, weighted, would have shown.";
        }
    }

    private string Who
    {
        get
        {
            int[] treated = EffectRows.TreatedUnits(estimate);
            return treated.Length <= MostNamed
                ? string.Join(treated.Length == 2 ? " and " : ", ", treated.Select(unit => estimate.Units[unit]))
                : $"{number.Count(treated.Length)} units";
        }
    }

    private string When => estimate.Periods.Length == 1
        ? $"from {estimate.Periods[0].TreatmentTime} on"
        : $"at {estimate.Periods.Length} times from {estimate.Periods[0].TreatmentTime} to {estimate.Periods[^1].TreatmentTime}";

    private string HowMuch
    {
        get
        {
            EffectValue average = estimate.Effect.Average;
            string share = estimate.Effect.Relative is { } relative && double.IsFinite(relative.Effect)
                ? $" ({number.Percent(Math.Abs(relative.Effect))})"
                : "";
            string direction = average.Effect < 0 ? "lower" : "higher";
            int periods = estimate.Effect.PerPeriod.Length;
            string over = periods == 1 ? "In the one period evaluated" : $"On average over {periods} periods";
            return double.IsFinite(average.Effect)
                ? $"{over} {Outcome} of {Who} was {number.Single(Math.Abs(average.Effect))}{share} {direction} than the synthetic "
                    + "control says it would have been."
                : $"There is no average effect on {Outcome} of {Who}.";
        }
    }

    private string HowSure
    {
        get
        {
            EffectValue average = estimate.Effect.Average;
            Func<double, string> format = number.Column([average.Effect, average.CiLow, average.CiHigh]);
            string level = number.Percent(estimate.Effect.Level, "0.##");
            string interval = double.IsNaN(average.CiLow) || double.IsNaN(average.CiHigh) ? $"There is no {level} interval"
                : double.IsInfinity(average.CiLow) && double.IsInfinity(average.CiHigh) ? $"The {level} interval has no ends, as there "
                    + "are too few placebos for it"
                : $"The {level} interval goes from {format(average.CiLow)} to {format(average.CiHigh)}, and 0 lies "
                    + $"{(average.CiLow > 0 || average.CiHigh < 0 ? "outside" : "inside")}";
            return double.IsNaN(average.PValue) ? $"{interval}." : $"{interval}; p = {number.P(average.PValue)}.";
        }
    }

    private static string Replicates(string method) =>
        method.StartsWith("conformal", StringComparison.Ordinal) ? "rearrangements of the periods" : "replicates";
}
