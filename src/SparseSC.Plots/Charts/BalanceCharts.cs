using OxyPlot;
using OxyPlot.Axes;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>Love plots: predictor under predictor, how far the synthetic control and the plain mean of the donors are from the treated.</summary>
internal static class BalanceCharts
{
    /// <summary>A standardised difference beyond it matters.</summary>
    /// <remarks>Source: Austin (2009), Statistics in Medicine 28.</remarks>
    public const double Matters = 0.1;

    /// <summary>More predictors than these are not drawn.</summary>
    public const int MostRows = 40;

    private const int RowHeight = 17;
    private const int HeightBesideRows = 150;
    private const double Room = 0.06;

    /// <summary>The balance of an effect's first treatment time.</summary>
    public static Chart Balance(EffectEstimate estimate, PlotOptions options)
    {
        PeriodEffect period = estimate.Periods[0];
        string when = estimate.Periods.Length == 1 ? "before the treatment" : $"before the treatment in {period.TreatmentTime}";
        string who = period.TreatedUnits.Length == 1 ? estimate.Units[period.TreatedUnits[0]] : $"the mean of {period.TreatedUnits.Length} treated units";
        return Balance([.. FitRows.Balance(period.Fit)], $"Balance of {who} {when}", options);
    }

    /// <summary>The balance of a model.</summary>
    public static Chart Balance(SyntheticControlFit fit, PlotOptions options)
    {
        string who = fit.TreatedUnits.Length == 1 ? FitRows.UnitName(fit, fit.TreatedUnits[0]) : $"the mean of {fit.TreatedUnits.Length} treated units";
        return Balance([.. FitRows.Balance(fit)], $"Balance of {who}", options);
    }

    private static Chart Balance(BalanceRow[] all, string title, PlotOptions options)
    {
        BalanceRow[] rows = Shown(all);
        double plain = Largest(all, row => row.DonorDifference);
        double matched = Largest(all, row => row.StandardisedDifference);
        string some = rows.Length < all.Length ? $"; the {rows.Length} largest of {all.Length}" : "";
        Chart chart = new(
            options,
            title,
            $"treated less the other, in standard deviations of the donors; beyond ±0.1 it matters{some}",
            FormattableString.Invariant($"Standardised differences of {all.Length} predictors: up to {plain:0.###} ")
                + FormattableString.Invariant($"from the plain mean of the donors, {matched:0.###} from the synthetic control."),
            HeightBesideRows + (RowHeight * Math.Max(3, rows.Length)));
        CategoryAxis names = new() { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0, MajorStep = 1, TickStyle = TickStyle.None };
        names.Labels.AddRange(rows.Select(row => chart.Label(row.Predictor)));
        chart.Add(names, null, hasGrid: true);

        // The lines at ±0.1 are always in sight.
        double[] ends = [.. rows.SelectMany(row => new[] { row.DonorDifference, row.StandardisedDifference }).Where(double.IsFinite), -Matters, Matters];
        double room = Room * (ends.Max() - ends.Min());
        LinearAxis values = new() { Position = AxisPosition.Bottom, Minimum = ends.Min() - room, Maximum = ends.Max() + room };
        chart.Add(values, "standardised difference", hasGrid: false);
        chart.AddRule(0, isUpright: true, LineStyle.Solid);
        chart.AddRule(Matters, isUpright: true);
        chart.AddRule(-Matters, isUpright: true);
        chart.AddPoints("plain mean of the donors", Palette.Control, rows.Select((row, i) => new DataPoint(row.DonorDifference, i)), MarkerType.Square);
        chart.AddPoints("synthetic control", Palette.Synthetic, rows.Select((row, i) => new DataPoint(row.StandardisedDifference, i)));
        chart.ReadsDown = true;
        for (int i = 0; i < rows.Length; i++)
        {
            chart.Read(
                i,
                rows[i].Predictor,
                ("treated", rows[i].Treated),
                ("synthetic", rows[i].Synthetic),
                ("standardised difference", rows[i].StandardisedDifference),
                ("from the plain mean", rows[i].DonorDifference));
        }

        return chart;
    }

    // The largest, in the order they were in.
    private static BalanceRow[] Shown(BalanceRow[] rows)
    {
        HashSet<BalanceRow> largest = [.. rows.OrderByDescending(Size).Take(MostRows)];
        return rows.Length <= MostRows ? rows : [.. rows.Where(largest.Contains)];

        static double Size(BalanceRow row) => double.IsNaN(row.StandardisedDifference) ? -1 : Math.Abs(row.StandardisedDifference);
    }

    private static double Largest(BalanceRow[] rows, Func<BalanceRow, double> of) =>
        rows.Select(row => Math.Abs(of(row))).Where(double.IsFinite).DefaultIfEmpty(0).Max();
}
