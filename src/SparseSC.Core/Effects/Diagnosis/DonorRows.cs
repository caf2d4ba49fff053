using SparseSC.Core.Models;
using static SparseSC.Core.Effects.Diagnosis.EffectDiagnosis;

namespace SparseSC.Core.Effects.Diagnosis;

/// <summary>What the weights of the donors say.</summary>
internal static class DonorRows
{
    /// <summary>The largest share that one donor has in a treated unit's weights; <c>null</c> without weights.</summary>
    public static EffectDiagnostic? Largest(EffectEstimate estimate)
    {
        double largest = double.NaN;
        int donor = -1;
        int treated = -1;
        foreach ((PeriodEffect period, int unit, double[] shares) in Shares(estimate))
        {
            for (int j = 0; j < shares.Length; j++)
            {
                if (donor < 0 || shares[j] > largest)
                {
                    (largest, donor, treated) = (shares[j], period.ControlUnits[j], unit);
                }
            }
        }

        return donor < 0
            ? null
            : Row(
                "largest donor weight",
                largest,
                .5,
                .8,
                $"{estimate.Units[donor]} has {SayPercent(largest)} % of the weights of {estimate.Units[treated]}'s donors, "
                    + "and whatever happened to it alone enters the effect by that share.");
    }

    /// <summary>How many donors of equal weight there would be; the fewest of the treatment times.</summary>
    public static EffectDiagnostic? Effective(EffectEstimate estimate)
    {
        double fewest = estimate.Periods.Min(period => period.Fit.EffectiveDonors);
        int donors = estimate.Periods.MinBy(period => period.Fit.EffectiveDonors)!.ControlUnits.Length;
        return Row("effective donors", fewest, 3, 1.5, $"The weights are worth {Say(fewest)} donors of equal weight, of {donors}.");
    }

    /// <summary>The share of weight on donors that are treated later; <c>null</c> with one treatment time or without weights.</summary>
    public static EffectDiagnostic? TreatedLater(EffectEstimate estimate)
    {
        (PeriodEffect Period, int Unit, double[] Shares)[] all = [.. Shares(estimate)];
        if (estimate.Periods.Length < 2 || all.Length == 0)
        {
            return null;
        }

        HashSet<int> treated = [.. estimate.TreatedRows()];
        double share = all.Average(item => item.Shares.Where((_, j) => treated.Contains(item.Period.ControlUnits[j])).Sum());
        return Row(
            "donors treated later",
            share,
            0,
            .5,
            share == 0
                ? "No donor with a weight is treated later."
                : $"Donors that are treated later have {SayPercent(share)} % of the weights; "
                    + "an effect that reaches them before their treatment hides a part of this one.");
    }

    private static IEnumerable<(PeriodEffect Period, int Unit, double[] Shares)> Shares(EffectEstimate estimate)
    {
        foreach (PeriodEffect period in estimate.Periods.Where(period => period.Fit.Weights is not null))
        {
            for (int i = 0; i < period.Fit.TreatedUnits.Length; i++)
            {
                int row = period.Fit.WeightRow(period.Fit.TreatedUnits[i]);
                double[] sizes = [.. Enumerable.Range(0, period.ControlUnits.Length).Select(j => Math.Abs(period.Fit.Weights![row, j]))];
                double sum = sizes.Sum();
                if (sum > 0)
                {
                    yield return (period, period.Units[period.Fit.TreatedUnits[i]], [.. sizes.Select(size => size / sum)]);
                }
            }
        }
    }
}
