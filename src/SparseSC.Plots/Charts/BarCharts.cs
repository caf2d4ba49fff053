using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>One bar of a picture of bars.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Value">Its length.</param>
/// <param name="IsMarked">Whether it stands out.</param>
internal sealed record Bar(string Name, double Value, bool IsMarked);

/// <summary>Level bars with a name each: weights and ratios.</summary>
internal static class BarCharts
{
    /// <summary>More bars than these are not drawn.</summary>
    public const int MostBars = 40;

    private const int RowHeight = 19;
    private const int HeightBesideRows = 130;
    private const string NoDonors = "No donor has a weight, so there is nothing to show.";

    /// <summary>Weights of the treated unit's donors, or their mean over several treated units.</summary>
    public static Chart UnitWeights(EffectEstimate estimate, PlotOptions options)
    {
        int treated = EffectRows.TreatedUnits(estimate).Length;
        Bar[] bars =
        [
            .. EffectRows.UnitWeights(estimate)
                .GroupBy(row => row.Donor)
                .Select(donor => new Bar(donor.Key, donor.Sum(row => row.Weight) / treated, false))
                .OrderByDescending(bar => Math.Abs(bar.Value)),
        ];
        return Weights(options, $"Weights of the donors of {OutcomeCharts.Who(estimate)}", "donor", bars, NoDonors);
    }

    /// <summary>Weights of features of the first fit.</summary>
    public static Chart FeatureWeights(SyntheticControlFit fit, PlotOptions options) => Weights(
        options,
        "Weights of the features that are matched on",
        "feature",
        [.. FitRows.FeatureWeights(fit).Select(row => new Bar(row.Feature, row.Weight, false))],
        "No feature has a weight: some estimators choose donors without any, and others may drop all. The donors are {Kind} {Kind:UnitWeights}.");

    /// <summary>Weights of the donors of a fit's treated units, or of all units.</summary>
    public static Chart UnitWeights(SyntheticControlFit fit, PlotOptions options)
    {
        int[] units = fit.TreatedUnits.Length > 0 ? fit.TreatedUnits : [.. Enumerable.Range(0, fit.ControlUnits.Length)];
        string who = units.Length == 1 ? FitRows.UnitName(fit, units[0]) : $"{units.Length} units (their mean)";
        Bar[] bars =
        [
            .. FitRows.UnitWeights(fit, units)
                .GroupBy(row => row.Donor)
                .Select(donor => new Bar(donor.Key, donor.Sum(row => row.Weight) / units.Length, false))
                .OrderByDescending(bar => Math.Abs(bar.Value)),
        ];
        return Weights(options, $"Weights of the donors of {who}", "donor", bars, NoDonors);
    }

    /// <summary>Bars from the top down.</summary>
    /// <param name="options">How it is drawn.</param>
    /// <param name="title">Its title.</param>
    /// <param name="subtitle">The line below the title.</param>
    /// <param name="description">What it shows.</param>
    /// <param name="bars">The bars.</param>
    /// <param name="names">How the legend calls bars that do not stand out, and those that do.</param>
    /// <param name="whyNone">What is said when there are no bars.</param>
    /// <exception cref="InvalidInputException">There are no bars (<c>NothingToPlot</c>).</exception>
    public static Chart Bars(
        PlotOptions options, string title, string subtitle, string description, Bar[] bars, (string Usual, string Marked) names, string whyNone)
    {
        if (bars.Length == 0)
        {
            throw new InvalidInputException("NothingToPlot", whyNone, "Kind");
        }

        Chart chart = new(options, title, subtitle, description, HeightBesideRows + (RowHeight * Math.Max(3, bars.Length)));
        CategoryAxis categories = new() { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0, GapWidth = 0.3, MajorStep = 1, TickStyle = TickStyle.None };
        categories.Labels.AddRange(bars.Select(bar => chart.Label(bar.Name)));
        chart.Add(categories, null, hasGrid: false);
        LinearAxis values = new() { Position = AxisPosition.Bottom, MinimumPadding = 0, MaximumPadding = 0.04 };
        if (bars.All(bar => bar.Value >= 0))
        {
            values.Minimum = 0;
        }

        chart.Add(values, null, hasGrid: true);
        AddSeries(chart, names.Usual, Palette.Synthetic, bars, isMarked: false);
        AddSeries(chart, names.Marked, Palette.Treated, bars, isMarked: true);
        chart.ReadsDown = true;
        for (int i = 0; i < bars.Length; i++)
        {
            chart.Read(i, bars[i].Name, ("", bars[i].Value));
        }

        chart.Model.IsLegendVisible = bars.Any(bar => bar.IsMarked);
        return chart;
    }

    private static void AddSeries(Chart chart, string name, OxyColor color, Bar[] bars, bool isMarked)
    {
        if (bars.Any(bar => bar.IsMarked == isMarked))
        {
            BarSeries series = new() { Title = name, FillColor = color, StrokeThickness = 0, IsStacked = true };
            series.Items.AddRange(bars
                .Select((bar, i) => (bar, i))
                .Where(item => item.bar.IsMarked == isMarked)
                .Select(item => new BarItem(item.bar.Value, item.i)));
            chart.Model.Series.Add(series);
        }
    }

    private static Chart Weights(PlotOptions options, string title, string what, Bar[] bars, string whyNone)
    {
        string largest = bars.Length == 0 ? "" : FormattableString.Invariant($"the largest is {bars[0].Name} with {bars[0].Value:0.####}");
        Bar[] shown = bars.Length <= MostBars ? bars : bars[..MostBars];
        double rest = bars.Skip(MostBars).Sum(bar => bar.Value);
        string more = rest == 0 ? "" : FormattableString.Invariant($"; {bars.Length - shown.Length} smaller ones together {rest:0.####}");
        string count = bars.Length == 1 ? $"1 {what} has a weight" : $"{bars.Length} {what}s have a weight";
        return Bars(
            options,
            title,
            $"{count}{more}",
            $"{count}; {largest}.",
            shown,
            (what, what),
            whyNone);
    }
}
