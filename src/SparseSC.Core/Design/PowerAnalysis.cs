using System.Diagnostics;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Design;

/// <summary>How likely an experiment on given units detects effects, from simulations in past windows.</summary>
/// <remarks>Source: GeoLift (Meta), GeoLiftPower, whose p-values, estimates and investments are repeated.</remarks>
public sealed class PowerAnalysis : ISpellable
{
    /// <summary>Name of the outcome, when it is known.</summary>
    public string OutcomeName { get; set; } = "";

    /// <summary>The smallest detectable effects, per cell and duration.</summary>
    public DetectableEffect[] Detectable { get; set; } = [];

    /// <summary>The power against each effect, per cell and duration.</summary>
    public PowerRow[] Curves { get; set; } = [];

    /// <summary>Every simulation.</summary>
    public PowerSimulation[] Simulations { get; set; } = [];

    /// <summary>An effect is detected when its p-value is below this.</summary>
    public double Alpha { get; set; }

    /// <summary>The power the smallest detectable effect must exceed.</summary>
    public double MinPower { get; set; }

    /// <summary>Which effects the test looks for.</summary>
    public TestSide Side { get; set; }

    /// <summary>Whether there is a fixed effect per unit.</summary>
    public bool Demean { get; set; }

    /// <summary>Past windows.</summary>
    public int Lookback { get; set; }

    /// <summary>What a unit of additional outcome costs.</summary>
    public double CostPerUnit { get; set; }

    /// <summary>Wall-clock time of the analysis.</summary>
    public double ElapsedSeconds { get; set; }

    /// <summary>Warnings raised on the way, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Simulates effects on given units.</summary>
    /// <param name="data">Outcomes without a treatment.</param>
    /// <param name="cells">Names of the test units; several groups are cells of one experiment, none of which is a donor of another.</param>
    /// <param name="options">What is simulated.</param>
    /// <param name="progress">Told after every set and window.</param>
    /// <param name="cancellationToken">Stops the simulations.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used.</exception>
    public static PowerAnalysis Run(
        EffectData data, IReadOnlyList<IReadOnlyList<string>> cells, PowerOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(options);
        Stopwatch clock = Stopwatch.StartNew();
        DesignPanel panel = new(data);
        TestSet[] sets = Sets(panel, cells);
        SimulationGrid grid = PowerRun.Simulate(panel, sets, options, progress, cancellationToken);
        PowerRow[] curves = PowerTable.Curves(panel, sets, options, grid);
        return new PowerAnalysis
        {
            Detectable = [.. curves.Chunk(options.EffectSizes.Length).Select(rows => Detected(rows, options))],
            Curves = curves,
            Simulations = PowerTable.Simulations(panel, sets, options, grid),
            Alpha = options.Alpha,
            MinPower = options.MinPower,
            Side = options.Side,
            Demean = options.Demean,
            Lookback = options.Lookback,
            CostPerUnit = options.CostPerUnit,
            Warnings = [.. data.Warnings],
            ElapsedSeconds = clock.Elapsed.TotalSeconds,
        };
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Warnings = [.. Warnings.Select(spell)];

    private static TestSet[] Sets(DesignPanel panel, IReadOnlyList<IReadOnlyList<string>> cells)
    {
        if (cells.Count == 0 || cells.Any(cell => cell.Count == 0))
        {
            throw new InvalidInputException("TestUnitsMissing", "{TestUnits} is missing; name the units that would be treated.", "TestUnits");
        }

        int[] all = panel.Find(cells.SelectMany(cell => cell), "TestUnits");
        if (all.Length == panel.Units)
        {
            throw new InvalidInputException("NoDonor", "{TestUnits} names all units; at least one must stay untreated to compare with.", "TestUnits");
        }

        return [.. cells.Select(cell => TestSet.Of(panel.Find(cell, "TestUnits"), panel.Units, all))];
    }

    private static DetectableEffect Detected(PowerRow[] rows, PowerOptions options)
    {
        PowerRow? smallest = DetectableEffect.Smallest(rows, options.MinPower);
        return new DetectableEffect
        {
            Units = rows[0].Units,
            Duration = rows[0].Duration,
            EffectSize = smallest?.EffectSize,
            Power = smallest?.Power,
            AverageLift = smallest?.AverageLift,
            Investment = smallest?.Investment,
        };
    }
}
