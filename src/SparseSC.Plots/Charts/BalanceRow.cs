using SparseSC.Core.Models;

namespace SparseSC.Plots.Charts;

/// <summary>How a treated outcome before the treatment compares with the donors' and with its synthetic control.</summary>
/// <param name="Time">The time.</param>
/// <param name="Treated">The treated outcome, or the mean of several.</param>
/// <param name="Synthetic">That of the synthetic control.</param>
/// <param name="Donors">The mean of the donors.</param>
/// <param name="DonorsDifference">Treated − donors in standard deviations of the donors; <c>NaN</c> where these are all alike.</param>
/// <param name="SyntheticDifference">Treated − synthetic in the same unit.</param>
internal sealed record BalanceRow(
    string Time,
    double Treated,
    double Synthetic,
    double Donors,
    double DonorsDifference,
    double SyntheticDifference)
{
    /// <summary>The outcomes that the first treatment time's fit matches on.</summary>
    public static BalanceRow[] Of(EffectEstimate estimate) =>
        [.. Enumerable.Range(estimate.Periods[0].WindowStart, estimate.PrePeriods).Select(time => At(estimate, estimate.Periods[0], time))];

    private static BalanceRow At(EffectEstimate estimate, PeriodEffect period, int time)
    {
        double[] donors = [.. period.ControlUnits.Select(unit => estimate.Observed[unit, time])];
        double mean = donors.Average();
        double deviation = Math.Sqrt(donors.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, donors.Length - 1));
        double treated = period.TreatedUnits.Average(unit => estimate.Observed[unit, time]);
        double synthetic = period.TreatedUnits.Average(unit => estimate.Synthetic[unit, time]);
        return new BalanceRow(
            estimate.Times[time],
            treated,
            synthetic,
            mean,
            deviation > 0 ? (treated - mean) / deviation : double.NaN,
            deviation > 0 ? (treated - synthetic) / deviation : double.NaN);
    }
}
