using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Observed − synthetic of a unit over the window of matching, fitting and evaluation: of a control, by the fold that held it out.</summary>
internal static class WindowGaps
{
    /// <summary>The number of columns of a window.</summary>
    public static int Length(EffectEstimate estimate, PeriodEffect period) =>
        estimate.PrePeriods + (period.TreatmentPeriod - period.FitPeriod) + estimate.EvaluationPeriods;

    /// <summary>The largest difference that is rounding.</summary>
    public static double Negligible(EffectEstimate estimate, PeriodEffect period) => period.Units.Max(unit =>
        RoundingNoise.Limit(MatrixRows.Row(estimate.Observed, unit).Slice(period.WindowStart, Length(estimate, period))));

    /// <summary>The gaps of the unit at a position in <see cref="PeriodEffect.Units"/>.</summary>
    public static double[] Of(EffectEstimate estimate, PeriodEffect period, int position, double negligible)
    {
        int unit = period.Units[position];
        int control = Array.IndexOf(period.ControlUnits, unit);
        double[] gaps = new double[Length(estimate, period)];
        for (int t = 0; t < gaps.Length; t++)
        {
            int column = period.WindowStart + t;
            double synthetic = control >= 0 && period.HeldOutSynthetic is not null ? period.HeldOutSynthetic[control, t] : period.Synthetic[position, column];
            gaps[t] = RoundingNoise.Clean(estimate.Observed[unit, column] - synthetic, negligible);
        }

        return gaps;
    }

    /// <summary>The root mean square of gaps.</summary>
    public static double Rmspe(ReadOnlySpan<double> gaps)
    {
        double sum = 0;
        foreach (double gap in gaps)
        {
            sum += gap * gap;
        }

        return Math.Sqrt(sum / gaps.Length);
    }
}
