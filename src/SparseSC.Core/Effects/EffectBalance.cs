using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>The balance of one treatment time, in the units of outcomes and covariates.</summary>
internal static class EffectBalance
{
    /// <summary>Covariates as they are matched, then the outcomes matched on.</summary>
    /// <param name="sample">The units of the treatment time.</param>
    /// <param name="synthetic">Synthetic outcomes of its units at all times.</param>
    /// <param name="fit">The model.</param>
    /// <param name="weightsOfTreated">Makes the unit weights of the treated units, where the model has not kept them.</param>
    public static BalanceRow[] Of(PeriodSample sample, double[,] synthetic, SyntheticControlFit fit, Func<double[,]> weightsOfTreated)
    {
        int covariates = sample.Fit.Covariates ?? 0;

        // Outcomes may have been fitted as deviations from each unit's mean, which is no part of the outcome as it was given.
        return
        [
            .. covariates == 0 ? [] : Covariates().Take(covariates),
            .. Enumerable.Range(sample.WindowStart, sample.Fit.Features.Columns - covariates).Select(time => MatchBalance.Row(
                sample.Outcomes.ColumnNames![time],
                sample.Treated.Average(unit => sample.Outcomes[unit, time]),
                sample.Treated.Average(unit => synthetic[unit, time]),
                [.. sample.Controls.Select(unit => sample.Outcomes[unit, time])])),
        ];

        BalanceRow[] Covariates()
        {
            bool isKept = Array.TrueForAll(sample.Treated, unit => fit.WeightRow(unit) >= 0);
            double[,] weights = isKept ? MatrixRows.Rows(fit.Weights!, [.. sample.Treated.Select(fit.WeightRow)]) : weightsOfTreated();
            return MatchBalance.Of(sample.Fit, sample.Treated, sample.Controls, MatchBalance.Synthetic(sample.Fit, fit.ControlUnits, weights));
        }
    }

    /// <summary>The outcomes matched on, where nothing is known but observed and synthetic ones.</summary>
    /// <param name="names">Names of all times.</param>
    /// <param name="start">Column of the first outcome matched on.</param>
    /// <param name="count">Their number.</param>
    /// <param name="treated">Observed outcomes of the treated at all times.</param>
    /// <param name="synthetic">Their synthetic outcomes.</param>
    /// <param name="donors">Observed outcomes of the donors.</param>
    public static BalanceRow[] Outcomes(
        Func<int, string> names, int start, int count, IReadOnlyList<double[]> treated, IReadOnlyList<double[]> synthetic, IReadOnlyList<double[]> donors) =>
        [.. Enumerable.Range(start, count).Select(time => MatchBalance.Row(
            names(time),
            treated.Average(row => row[time]),
            synthetic.Average(row => row[time]),
            [.. donors.Select(row => row[time])]))];
}
