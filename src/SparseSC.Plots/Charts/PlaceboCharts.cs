using OxyPlot;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>The treated among the controls that were treated as if they were.</summary>
internal static class PlaceboCharts
{
    /// <summary>How many times as badly as the treated a control may be matched before the treatment.</summary>
    /// <remarks>Source: Abadie, Diamond, Hainmueller (2010), figure 6.</remarks>
    public const double PruneAt = 5;

    private const int MostLines = 1000;
    private const int MostBars = 40;

    /// <summary>Gaps of the treated and of all controls, or of those that are matched nearly as well.</summary>
    public static Chart Gaps(EffectEstimate estimate, PlotOptions options, bool isPruned)
    {
        GapPath[] paths = [.. PlaceboPaths.Of(estimate)];
        GapPath[] treated = [.. paths.Where(path => path.IsTreated)];
        double limit = isPruned ? PruneAt * treated.Max(path => path.PreRmspe) : double.PositiveInfinity;
        GapPath[] controls = [.. paths.Where(path => !path.IsTreated && path.PreRmspe <= limit).OrderBy(path => path.PreRmspe)];
        int all = paths.Length - treated.Length;
        int step = (controls.Length + MostLines - 1) / MostLines;
        GapPath[] drawn = [.. controls.Where((_, i) => i % Math.Max(1, step) == 0)];
        string who = OutcomeCharts.Who(estimate);
        string left = isPruned ? $"; {all - controls.Length} of {all} controls left out: RMSPE before it over {PruneAt} times as large" : "";
        string thinned = drawn.Length < controls.Length ? $"; {drawn.Length} of {controls.Length} controls drawn" : "";
        Chart chart = new(
            options,
            $"{OutcomeCharts.OutcomeName(estimate)}: gap of {who} among the controls",
            $"{OutcomeCharts.When(estimate)}{left}{thinned}",
            $"Observed less synthetic outcomes of {who} and of {drawn.Length} controls, each as if it had been treated. {OutcomeCharts.Effect(estimate)}");
        TimeScale scale = new(estimate.Times);
        chart.Add(scale.Axis(options.Width), null, hasGrid: false);
        chart.AddValues("gap");
        for (int i = 0; i < drawn.Length; i++)
        {
            chart.AddLine(i == 0 ? "controls" : null, Palette.Control, Points(drawn[i], scale), isThin: true);
        }

        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        foreach (GapPath path in treated.Take(treated.Length == 1 ? 1 : MostBars))
        {
            chart.AddLine(path == treated[0] ? treated.Length == 1 ? who : "treated" : null, Palette.Treated, Points(path, scale));
        }

        for (int t = 0; treated.Length == 1 && t < treated[0].Gaps.Count; t++)
        {
            double[] gaps = [.. controls.Select(path => path.Gaps[t])];
            chart.Read(
                scale.At(treated[0].FirstTime + t),
                estimate.Times[treated[0].FirstTime + t],
                (who, treated[0].Gaps[t]),
                ("controls from", gaps.DefaultIfEmpty(double.NaN).Min()),
                ("to", gaps.DefaultIfEmpty(double.NaN).Max()));
        }

        OutcomeCharts.AddTreatment(chart, estimate, scale);
        return chart;
    }

    /// <summary>Ratios, the largest at the top.</summary>
    public static Chart Ratios(EffectEstimate estimate, PlotOptions options) => Ratios(SpacePlacebo.FromEstimate(estimate).Rows, options);

    /// <summary>The same of units that are ranked already.</summary>
    public static Chart Ratios(SpacePlaceboRow[] units, PlotOptions options)
    {
        SpacePlaceboRow[] rows = [.. units.Where(row => double.IsFinite(row.Ratio)).OrderByDescending(row => row.Ratio)];
        SpacePlaceboRow[] shown = [.. rows.Where((row, i) => i < MostBars || row.IsTreated).Take(2 * MostBars)];
        string more = shown.Length < rows.Length ? $", {shown.Length} of {rows.Length} units" : "";
        return BarCharts.Bars(
            options,
            "Post/pre ratio of the root mean squared prediction error",
            $"after the treatment over before it; a unit without an effect has no reason to stand at the top{more}",
            $"Ratios of {shown.Length} units, ranked: {string.Join(", ", shown.Where(row => row.IsTreated).Select(row => $"{row.Unit} is number {row.Rank}"))}.",
            [.. shown.Select(row => new Bar(row.Unit, row.Ratio, row.IsTreated))],
            ("control", "treated"),
            "No unit has a ratio of errors: each is matched perfectly before the treatment.");
    }

    private static IEnumerable<DataPoint> Points(GapPath path, TimeScale scale) =>
        path.Gaps.Select((gap, t) => new DataPoint(scale.At(path.FirstTime + t), gap));
}
