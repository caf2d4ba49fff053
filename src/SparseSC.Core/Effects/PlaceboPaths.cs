using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Observed − synthetic of one unit over the window of its treatment time.</summary>
/// <param name="Unit">Name of the unit.</param>
/// <param name="TreatmentTime">The treatment time whose fit it is.</param>
/// <param name="IsTreated">Whether the unit was treated then; a control is predicted by the fold that held it out.</param>
/// <param name="FirstTime">Column of the first gap.</param>
/// <param name="Gaps">The gaps, one per column from there on.</param>
/// <param name="PreRmspe">Their root mean square over the pre-periods.</param>
public sealed record GapPath(string Unit, string TreatmentTime, bool IsTreated, int FirstTime, IReadOnlyList<double> Gaps, double PreRmspe);

/// <summary>Every unit of an estimate as if it had been treated.</summary>
public static class PlaceboPaths
{
    /// <summary>Gaps of all units, treatment time after treatment time.</summary>
    /// <exception cref="InvalidInputException">The estimate comes from a file without the controls' synthetic outcomes (<c>SyntheticNotKept</c>).</exception>
    public static IEnumerable<GapPath> Of(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (!Array.TrueForAll(estimate.Periods, EffectRows.HasSynthetic))
        {
            throw EffectRows.SyntheticNotKept();
        }

        return estimate.Periods.SelectMany(period => Of(estimate, period));
    }

    private static IEnumerable<GapPath> Of(EffectEstimate estimate, PeriodEffect period)
    {
        HashSet<int> treated = [.. period.TreatedUnits];
        double negligible = WindowGaps.Negligible(estimate, period);
        return period.Units.Select((unit, position) =>
        {
            double[] gaps = WindowGaps.Of(estimate, period, position, negligible);
            double rmspe = WindowGaps.Rmspe(gaps.AsSpan(0, estimate.PrePeriods));
            return new GapPath(estimate.Units[unit], period.TreatmentTime, treated.Contains(unit), period.WindowStart, gaps, rmspe);
        });
    }
}
