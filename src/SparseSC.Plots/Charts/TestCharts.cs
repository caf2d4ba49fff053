using OxyPlot;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>Paths of the tests of an effect: without a donor, and with the treatment dated back.</summary>
internal static class TestCharts
{
    private const int MostPaths = 1000;
    private const double Apart = 0.006;

    /// <summary>The effect by period with all donors, among those without one of them.</summary>
    public static Chart LeaveOneOut(LeaveOneOutTest test, PlotOptions options)
    {
        double[] all = [.. test.PerPeriod.Select(value => value.Effect)];
        LeaveOneOutRow[] rows = [.. test.Rows.Where(row => row.PerPeriod.Length == all.Length)];
        if (all.Length == 0 || rows.Length == 0)
        {
            throw new InvalidInputException("NothingToPlot", "The test holds no effects by period, or no donor was left out. Run it again.", "Kind");
        }

        LeaveOneOutRow[] drawn = rows.Length <= MostPaths ? rows : rows[..MostPaths];
        TimeScale scale = new([.. test.PerPeriod.Select((value, t) => value.Time ?? FormattableString.Invariant($"{t}"))]);
        Chart chart = new(
            options,
            "Effect without one of the donors",
            $"{drawn.Length} donors with a weight, each left out once and everything fitted again",
            FormattableString.Invariant($"Effects in {all.Length} periods with all donors and without each of {drawn.Length}; the average is ")
                + FormattableString.Invariant($"{test.AverageEffect:G4}, and from {test.Lowest:G4} to {test.Highest:G4} without one."));
        chart.Add(scale.Axis(options.Width), null, hasGrid: false);
        chart.AddValues("effect");
        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        foreach (LeaveOneOutRow row in drawn)
        {
            chart.AddLine(row == drawn[0] ? "without a donor" : null, Palette.Control, Points(scale, row.PerPeriod), isThin: true);
        }

        chart.AddLine("all donors", Palette.Treated, Points(scale, all));
        for (int t = 0; t < all.Length; t++)
        {
            LeaveOneOutRow low = rows.MinBy(row => row.PerPeriod[t])!;
            LeaveOneOutRow high = rows.MaxBy(row => row.PerPeriod[t])!;
            chart.Read(
                scale.At(t),
                test.PerPeriod[t].Time ?? FormattableString.Invariant($"{t}"),
                ("all donors", all[t]),
                ($"without {low.Donor}", low.PerPeriod[t]),
                ($"without {high.Donor}", high.PerPeriod[t]));
        }

        return chart;
    }

    /// <summary>Differences before and effects after each time that the treatment is dated back to.</summary>
    public static Chart TimePlacebo(TimePlacebo test, PlotOptions options)
    {
        if (test.Estimates.Length == 0)
        {
            throw new InvalidInputException("NothingToPlot", "The test holds no estimate. Run it again.", "Kind");
        }

        string[] times = [.. test.Estimates.MaxBy(estimate => estimate.Times.Length)!.Times];
        TimeScale scale = new(times);
        string last = FormattableString.Invariant($"average {test.Estimates[^1].Effect.Average.Effect:G4}, p = {test.Estimates[^1].Effect.Average.PValue:0.####}");
        Chart chart = new(
            options,
            test.Estimates.Length == 1
                ? $"The treatment of {test.TreatmentTime} dated back to {test.PlaceboTimes[0]}"
                : $"The treatment of {test.TreatmentTime} dated back to {test.Estimates.Length} times",
            "observed − synthetic; from the dashed line on an effect would speak against the design",
            $"Effects where there was no treatment, dated back to {string.Join(", ", test.PlaceboTimes)}; of the last: {last}.");
        chart.Add(scale.Axis(options.Width), null, hasGrid: false);
        chart.AddValues("gap");
        chart.AddRule(0, isUpright: false, LineStyle.Solid);
        SortedDictionary<int, List<(string Name, double Value)>> readings = new();
        for (int i = 0; i < test.Estimates.Length; i++)
        {
            Add(chart, scale, times, test, i, readings);
        }

        foreach ((int time, List<(string Name, double Value)> values) in readings)
        {
            chart.Read(scale.At(time), times[time], [.. values]);
        }

        return chart;
    }

    private static void Add(Chart chart, TimeScale scale, string[] times, TimePlacebo test, int i, SortedDictionary<int, List<(string Name, double Value)>> readings)
    {
        EffectEstimate estimate = test.Estimates[i];
        OxyColor colour = Palette.Series[i % Palette.Series.Count];
        (int At, EffectValue Value)[] values =
        [
            .. estimate.PreFit.PerPeriod.Concat(estimate.Effect.PerPeriod)
                .Select(value => (Array.IndexOf(times, value.Time), value))
                .Where(item => item.Item1 >= 0),
        ];
        int start = Array.IndexOf(times, test.PlaceboTimes[i]);
        if (start >= 0)
        {
            chart.AddRule(scale.Before(start), isUpright: true);
        }

        // Whiskers of several times at one place stand beside each other.
        double shift = Apart * (scale.At(times.Length - 1) - scale.At(0)) * (i - ((test.Estimates.Length - 1) / 2.0));
        chart.AddWhiskers(
            colour, values.Where(item => item.At >= start).Select(item => (scale.At(item.At) + shift, item.Value.CiLow, item.Value.CiHigh)));
        chart.AddLine($"from {test.PlaceboTimes[i]}", colour, values.Select(item => new DataPoint(scale.At(item.At), item.Value.Effect)));
        foreach ((int at, EffectValue value) in values)
        {
            if (!readings.TryGetValue(at, out List<(string Name, double Value)>? said))
            {
                readings[at] = said = [];
            }

            said.Add((test.Estimates.Length == 1 ? at >= start ? "effect" : "gap" : $"from {test.PlaceboTimes[i]}", value.Effect));
        }
    }

    private static IEnumerable<DataPoint> Points(TimeScale scale, double[] values) => values.Select((value, t) => new DataPoint(scale.At(t), value));
}
