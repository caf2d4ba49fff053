using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Design;

/// <summary>All simulations of some sets of test units.</summary>
internal static class PowerRun
{
    private const string Stage = "Simulating effects";

    /// <summary>Simulates. A window's products are made once for all sets, and sets are done side by side.</summary>
    public static SimulationGrid Simulate(
        DesignPanel panel, IReadOnlyList<TestSet> sets, PowerOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        Check(panel, options);
        SimulationGrid grid = new(sets.Count, options.Durations.Length, options.Lookback, options.EffectSizes.Length);
        int total = sets.Count * options.Durations.Length * options.Lookback;
        int done = 0;
        progress?.Report(new FitProgress(Stage, 0, 0, total));
        for (int window = 0; window < options.Lookback; window++)
        {
            int end = panel.Times - window;
            WindowMoments all = new(panel.Outcomes, end, options.Demean);
            for (int d = 0; d < options.Durations.Length; d++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int duration = options.Durations[d];
                WindowMoments pre = new(panel.Outcomes, end - duration, options.Demean);
                ResidualTest test = new(end, duration, options.Side, options.Conformal);
                OrderedWork.Run(
                    sets.Count,
                    ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken),
                    () => new WindowSimulator(panel.Outcomes, options),
                    (set, simulator) =>
                    {
                        simulator.Run(sets[set], pre, all, test, grid, grid.Index(set, d, window));
                        progress?.Report(new FitProgress(Stage, 0, Interlocked.Increment(ref done), total));
                    });
            }
        }

        return grid;
    }

    private static void Check(DesignPanel panel, PowerOptions options)
    {
        if (options.Durations.Length == 0)
        {
            throw new InvalidInputException("DurationsMissing", "{Durations} is missing; give how many periods a test may last, such as 10,15.", "Durations");
        }

        if (options.Lookback < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Lookback}} {options.Lookback} must be at least 1.", "Lookback");
        }

        if (options.Durations.FirstOrDefault(duration => duration < 1, 1) is var wrong and < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Durations}} {wrong} must be at least 1.", "Durations");
        }

        int longest = options.Durations.Max();
        int least = panel.Times - longest - options.Lookback + 1;
        if (least < 2)
        {
            throw new InvalidInputException(
                "PeriodsTooFew",
                $"{{Durations}} {longest} with {{Lookback}} {options.Lookback} leaves {Math.Max(least, 0)} of {panel.Times} periods before the earliest window; at least 2 are needed. Lower either.",
                "Durations");
        }

        if (options.EffectSizes.Length == 0 || options.EffectSizes.Any(effect => !double.IsFinite(effect)))
        {
            throw new InvalidInputException("EffectSizesMissing", "{EffectSizes} needs at least one finite number, such as 0.1 for a tenth more.", "EffectSizes");
        }

        CheckShare(options.Alpha, "Alpha");
        CheckShare(options.MinPower, "MinPower");
        if (!double.IsFinite(options.CostPerUnit) || options.CostPerUnit < 0)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{CostPerUnit}} {options.CostPerUnit:R} must be a finite number, at least 0.", "CostPerUnit");
        }

        if (options.Conformal.Draws < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Draws}} {options.Conformal.Draws} must be at least 1.", "Draws");
        }
    }

    private static void CheckShare(double value, string parameterName)
    {
        if (!(value > 0 && value < 1))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{{parameterName}}} {value:R} must lie between 0 and 1.", parameterName);
        }
    }
}
