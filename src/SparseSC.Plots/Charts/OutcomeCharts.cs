using OxyPlot;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>Outcomes over time and their gaps, of the treated units' mean.</summary>
internal static class OutcomeCharts
{
    /// <summary>Observed against synthetic.</summary>
    public static Chart Outcomes(EffectEstimate estimate, PlotOptions options)
    {
        PredictionRow[] rows = Mean(estimate);
        TimeScale scale = new(estimate.Times);
        string who = Who(estimate);
        Chart chart = new(
            options,
            $"{OutcomeName(estimate)}: {who} and its synthetic control",
            When(estimate),
            $"Lines of the observed and the synthetic outcome of {who} from {estimate.Times[0]} to {estimate.Times[^1]}. {Effect(estimate)}");
        chart.Add(scale.Axis(options.Width), null, hasGrid: false);
        chart.AddValues(estimate.OutcomeName);
        chart.AddBand(Level(estimate), Palette.Synthetic, [.. rows.Select((row, t) => (scale.At(t), row.Low, row.High))]);
        chart.AddLine("observed", Palette.Observed, rows.Select((row, t) => new DataPoint(scale.At(t), row.Observed)));
        chart.AddLine("synthetic", Palette.Synthetic, rows.Select((row, t) => new DataPoint(scale.At(t), row.Synthetic)), style: LineStyle.LongDash);
        for (int t = 0; t < rows.Length; t++)
        {
            chart.Read(
                scale.At(t), rows[t].Time, ("observed", rows[t].Observed), ("synthetic", rows[t].Synthetic), ("interval from", rows[t].Low), ("to", rows[t].High));
        }

        AddTreatment(chart, estimate, scale);
        return chart;
    }

    /// <summary>Observed − synthetic.</summary>
    public static Chart Gap(EffectEstimate estimate, PlotOptions options)
    {
        PredictionRow[] rows = Mean(estimate);
        TimeScale scale = new(estimate.Times);
        string who = Who(estimate);
        Chart chart = new(
            options,
            $"{OutcomeName(estimate)}: gap of {who}, observed − synthetic",
            When(estimate),
            $"The observed less the synthetic outcome of {who} from {estimate.Times[0]} to {estimate.Times[^1]}. {Effect(estimate)}");
        chart.Add(scale.Axis(options.Width), null, hasGrid: false);
        chart.AddValues("gap");
        chart.AddBand($"{Level(estimate)} without an effect", Palette.Control, [.. rows.Select((row, t) => (scale.At(t), row.Low - row.Synthetic, row.High - row.Synthetic))]);
        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        chart.AddLine(who, Palette.Treated, rows.Select((row, t) => new DataPoint(scale.At(t), row.Gap)));
        for (int t = 0; t < rows.Length; t++)
        {
            chart.Read(scale.At(t), rows[t].Time, ("gap", rows[t].Gap));
        }

        AddTreatment(chart, estimate, scale);
        return chart;
    }

    /// <summary>The treated unit, or how many there are.</summary>
    public static string Who(EffectEstimate estimate)
    {
        int[] treated = EffectRows.TreatedUnits(estimate);
        return treated.Length == 1 ? estimate.Units[treated[0]] : $"the mean of {treated.Length} treated units";
    }

    /// <summary>When the treatment starts.</summary>
    public static string When(EffectEstimate estimate) => estimate.Periods.Length == 1
        ? $"treated from {estimate.Periods[0].TreatmentTime} on (dashed line)"
        : $"treated from {estimate.Periods[0].TreatmentTime} to {estimate.Periods[^1].TreatmentTime} on";

    /// <summary>The average effect in words.</summary>
    public static string Effect(EffectEstimate estimate)
    {
        EffectValue average = estimate.Effect.Average;
        return FormattableString.Invariant($"The average effect is {average.Effect:G4}, p = {average.PValue:0.####}.");
    }

    public static string OutcomeName(EffectEstimate estimate) => estimate.OutcomeName.Length > 0 ? estimate.OutcomeName : "outcome";

    public static void AddTreatment(Chart chart, EffectEstimate estimate, TimeScale scale)
    {
        if (estimate.Periods.Length == 1)
        {
            chart.AddRule(scale.Before(estimate.Periods[0].TreatmentPeriod), isUpright: true);
        }
    }

    private static string Level(EffectEstimate estimate) => FormattableString.Invariant($"{100 * estimate.Effect.Level:0.##} % interval");

    // Intervals are those of single units, so several have none.
    private static PredictionRow[] Mean(EffectEstimate estimate)
    {
        PredictionRow[][] units = [.. EffectRows.Predictions(estimate).Chunk(estimate.Times.Length)];
        return units.Length == 1 ? units[0] : [.. Enumerable.Range(0, estimate.Times.Length).Select(t => new PredictionRow
        {
            Time = estimate.Times[t],
            Observed = units.Average(rows => rows[t].Observed),
            Synthetic = units.Average(rows => rows[t].Synthetic),
        })];
    }
}
