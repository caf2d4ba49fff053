using OxyPlot;
using OxyPlot.Axes;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>Event time and the choice of penalties.</summary>
internal static class StudyCharts
{
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
        AddEventTime(chart, values);
        return chart;
    }

    /// <summary>Effects by time of a conformal test, with the effects that it does not reject.</summary>
    public static Chart EventTime(ConformalTest test, PlotOptions options)
    {
        Chart chart = new(
            options,
            $"Effect on {test.Unit} by time from {test.TreatmentTime} on",
            FormattableString.Invariant($"observed − synthetic with {100 * test.Level:0.##} % conformal intervals; 0 is the first treated period"),
            FormattableString.Invariant($"Effects in {test.PerPeriod.Length} periods from the treatment on; p = {test.JointPValue:0.####} for no effect in any."));
        AddEventTime(chart, [.. test.PerPeriod.Select((value, t) => ((double)t, value))]);
        return chart;
    }

    private static void AddEventTime(Chart chart, (double At, EffectValue Value)[] values)
    {
        TimeScale scale = new([.. values.Select(item => FormattableString.Invariant($"{item.At:0}"))]);
        LinearAxis times = (LinearAxis)scale.Axis(chart.Options.Width);
        times.Minimum -= 0.5;
        times.Maximum += 0.5;
        chart.Add(times, "periods from the treatment on", hasGrid: false);
        chart.AddValues("effect");
        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        chart.AddRule(-0.5, isUpright: true);
        foreach (bool isAfter in (bool[])[false, true])
        {
            chart.AddWhiskers(
                isAfter ? Palette.Treated : Palette.Control,
                values.Where(item => item.At >= 0 == isAfter).Select(item => (item.At, item.Value.CiLow, item.Value.CiHigh)));
        }

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
        chart.AddWhiskers(Palette.Control, points.Select(point => (point.At, point.Score - point.Error, point.Score + point.Error)));
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
}
