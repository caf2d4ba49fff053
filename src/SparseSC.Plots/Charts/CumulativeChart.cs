using OxyPlot;
using OxyPlot.Axes;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>The effect summed up from the treatment on.</summary>
internal static class CumulativeChart
{
    private const double Room = 0.01;

    /// <summary>Sums with the interval of each, as far as they have one; the last has that of the total.</summary>
    public static Chart Draw(EffectEstimate estimate, PlotOptions options)
    {
        EffectValue[] path = CumulativePath.Of(estimate);
        EffectValue total = path[^1];
        TimeScale scale = new([.. path.Select((value, t) => value.Time ?? FormattableString.Invariant($"{t}"))]);
        Chart chart = new(
            options,
            $"{OutcomeCharts.OutcomeName(estimate)}: effect on {OutcomeCharts.Who(estimate)}, summed up",
            FormattableString.Invariant($"from the treatment on, with the {100 * estimate.Effect.Level:0.##} % interval of the sum up to each time"),
            FormattableString.Invariant($"The effect summed up over {path.Length} periods is {total.Effect:G4}, p = {total.PValue:0.####}."));
        LinearAxis times = scale.Axis(options.Width);

        // The first and the last mark whole.
        double room = Room * (times.Maximum - times.Minimum);
        times.Minimum -= room;
        times.Maximum += room;
        chart.Add(times, estimate.Periods.Length == 1 ? null : "periods from the treatment on", hasGrid: false);
        chart.AddValues("cumulative effect");
        bool hasBand = path.Length > 1 && double.IsFinite(path[0].CiLow) && double.IsFinite(path[0].CiHigh);
        if (hasBand)
        {
            chart.AddBand("interval", Palette.Treated, [.. path.Select((value, t) => (scale.At(t), value.CiLow, value.CiHigh))]);
        }
        else
        {
            chart.AddWhiskers(Palette.Treated, path.Select((value, t) => (scale.At(t), value.CiLow, value.CiHigh)));
        }

        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        chart.AddLine(null, Palette.Treated, path.Select((value, t) => new DataPoint(scale.At(t), value.Effect)));
        chart.AddPoints("effect up to here", Palette.Treated, path.Select((value, t) => new DataPoint(scale.At(t), value.Effect)));
        for (int t = 0; t < path.Length; t++)
        {
            chart.Read(
                scale.At(t),
                path[t].Time ?? FormattableString.Invariant($"{t}"),
                ("effect up to here", path[t].Effect),
                ("from", path[t].CiLow),
                ("to", path[t].CiHigh),
                ("p", path[t].PValue));
        }

        return chart;
    }
}
