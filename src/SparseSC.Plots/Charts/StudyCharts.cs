using OxyPlot;
using OxyPlot.Axes;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>Event time, balance and the choice of penalties.</summary>
internal static class StudyCharts
{
    private const double Matters = 0.1;
    private const double Room = 0.06;

    /// <summary>Effects by time, with intervals, and what the same test finds before the treatment.</summary>
    public static Chart EventTime(EffectEstimate estimate, PlotOptions options)
    {
        (double At, EffectValue Value)[] values =
        [
            .. estimate.PreFit.PerPeriod.Select((value, i) => (i - (double)estimate.PreFit.PerPeriod.Length, value)),
            .. estimate.Effect.PerPeriod.Select((value, i) => ((double)i, value)),
        ];
        Chart chart = new(
            options,
            $"{OutcomeCharts.OutcomeName(estimate)}: effect by time from the treatment on",
            FormattableString.Invariant($"observed − synthetic with {100 * estimate.Effect.Level:0.##} % intervals; 0 is the first treated period"),
            $"Effects in {estimate.Effect.PerPeriod.Length} periods from the treatment on, and differences in "
                + $"{estimate.PreFit.PerPeriod.Length} before it. {OutcomeCharts.Effect(estimate)}");
        TimeScale scale = new([.. values.Select(item => FormattableString.Invariant($"{item.At:0}"))]);
        LinearAxis times = (LinearAxis)scale.Axis(options.Width);
        times.Minimum -= 0.5;
        times.Maximum += 0.5;
        chart.Add(times, "periods from the treatment on", hasGrid: false);
        chart.AddValues("effect");
        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        chart.AddRule(-0.5, isUpright: true);
        chart.AddLine(null, Palette.Control, Whiskers(values.Where(item => item.At < 0)), isThin: true);
        chart.AddLine(null, Palette.Treated, Whiskers(values.Where(item => item.At >= 0)), isThin: true);
        DataPoint[] points = [.. values.Select(item => new DataPoint(item.At, item.Value.Effect))];
        chart.AddPoints("before", Palette.Control, points.Where(point => point.X < 0));
        chart.AddPoints("effect", Palette.Treated, points.Where(point => point.X >= 0));
        foreach ((double at, EffectValue value) in values)
        {
            chart.Read(
                at,
                value.Time is { } time ? time : at.ToString("0", System.Globalization.CultureInfo.InvariantCulture),
                (at < 0 ? "difference" : "effect", value.Effect),
                ("from", value.CiLow),
                ("to", value.CiHigh),
                ("p", value.PValue));
        }

        return chart;
    }

    /// <summary>Scores of the last cross-validation that had penalties to choose from.</summary>
    public static Chart? CrossValidation(SyntheticControlFit fit, PlotOptions options)
    {
        FitIteration? last = fit.Iterations.LastOrDefault(iteration => iteration.Scores.Length > 1);
        if (last is null)
        {
            return null;
        }

        bool isV = last.VPen.Length == last.Scores.Length;
        double[] penalties = isV ? last.VPen : last.WPen;
        bool isLog = penalties.All(penalty => penalty > 0);
        Chart chart = new(
            options,
            "Cross-validation",
            $"score of each penalty on {(isV ? "features" : "unit weights")}, with its standard error; lower is better",
            FormattableString.Invariant($"Scores of {penalties.Length} penalties from {penalties.Min():G4} to {penalties.Max():G4}; ")
                + FormattableString.Invariant($"the choice is {(isV ? last.FittedVPen : last.FittedWPen):G4}."));
        Axis axis = isLog ? new LogarithmicAxis { Position = AxisPosition.Bottom } : new LinearAxis { Position = AxisPosition.Bottom };
        axis.MinimumPadding = 0.04;
        axis.MaximumPadding = 0.04;
        axis.LabelFormatter = value => value.ToString("G3", options.Culture);
        chart.Add(axis, $"{(isV ? "v" : "w")} penalty", hasGrid: false);
        chart.AddValues("score");
        (double At, double Score, double Error)[] points =
        [
            .. penalties
                .Select((penalty, i) => (penalty, last.Scores[i], i < last.ScoreStandardErrors.Length ? last.ScoreStandardErrors[i] : double.NaN))
                .OrderBy(item => item.penalty),
        ];
        IEnumerable<DataPoint> errors = points.SelectMany(point => Whisker(point.At, point.Score - point.Error, point.Score + point.Error));
        chart.AddLine(null, Palette.Control, errors, isThin: true);
        chart.AddLine("score", Palette.Synthetic, points.Select(point => new DataPoint(point.At, point.Score)));
        chart.AddPoints(null, Palette.Synthetic, points.Select(point => new DataPoint(point.At, point.Score)));
        foreach ((double at, double score, double error) in points)
        {
            chart.Read(at, $"penalty {NumberText.Short(at, options.Culture)}", ("score", score), ("standard error", error));
        }

        if (last.SelectedIndex is int selected)
        {
            chart.AddPoints("the choice", Palette.Treated, [new DataPoint(penalties[selected], last.Scores[selected])], MarkerType.Diamond);
        }

        return chart;
    }

    /// <summary>Standardised differences of pre-period outcomes.</summary>
    public static Chart Balance(EffectEstimate estimate, PlotOptions options)
    {
        PeriodEffect period = estimate.Periods[0];
        int[] columns = [.. Enumerable.Range(period.WindowStart, estimate.PrePeriods)];
        BalanceRow[] rows = BalanceRow.Of(estimate);
        TimeScale scale = new([.. columns.Select(t => estimate.Times[t])]);
        int treated = period.TreatedUnits.Length;
        string who = treated == 1 ? estimate.Units[period.TreatedUnits[0]] : $"the mean of {treated} treated units";
        double plain = rows.Max(row => Math.Abs(row.DonorsDifference));
        double matched = rows.Max(row => Math.Abs(row.SyntheticDifference));
        Chart chart = new(
            options,
            $"{OutcomeCharts.OutcomeName(estimate)}: balance before the treatment in {period.TreatmentTime}",
            "difference from the treated outcome in standard deviations of the donors; beyond the lines at ±0.1 it matters",
            FormattableString.Invariant($"Standardised differences of {columns.Length} outcomes of {who}: up to {plain:0.###} ")
                + FormattableString.Invariant($"from the donors' mean, {matched:0.###} from the synthetic control."));
        LinearAxis times = scale.Axis(options.Width);
        double half = (scale.At(rows.Length - 1) - scale.At(0)) / Math.Max(1, rows.Length - 1) / 2;
        times.Minimum -= half;
        times.Maximum += half;
        chart.Add(times, null, hasGrid: false);
        Axis values = chart.AddValues("standardised difference");

        // The lines at ±0.1 are always in sight.
        double[] all = [.. rows.SelectMany(row => new[] { row.DonorsDifference, row.SyntheticDifference }).Where(double.IsFinite), -Matters, Matters];
        values.Minimum = all.Min() - (Room * (all.Max() - all.Min()));
        values.Maximum = all.Max() + (Room * (all.Max() - all.Min()));
        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        chart.AddRule(Matters, isUpright: false);
        chart.AddRule(-Matters, isUpright: false);
        IEnumerable<DataPoint> means = rows.Select((row, i) => new DataPoint(scale.At(i), row.DonorsDifference));
        chart.AddPoints("mean of the donors", Palette.Control, means, MarkerType.Square);
        chart.AddPoints("synthetic control", Palette.Synthetic, rows.Select((row, i) => new DataPoint(scale.At(i), row.SyntheticDifference)));
        for (int i = 0; i < rows.Length; i++)
        {
            chart.Read(
                scale.At(i), rows[i].Time, ("mean of the donors", rows[i].DonorsDifference), ("synthetic control", rows[i].SyntheticDifference));
        }

        return chart;
    }

    private static IEnumerable<DataPoint> Whiskers(IEnumerable<(double At, EffectValue Value)> values) =>
        values.SelectMany(item => Whisker(item.At, item.Value.CiLow, item.Value.CiHigh));

    private static DataPoint[] Whisker(double at, double low, double high) => double.IsFinite(low) && double.IsFinite(high)
        ? [new DataPoint(at, low), new DataPoint(at, high), DataPoint.Undefined]
        : [];
}
