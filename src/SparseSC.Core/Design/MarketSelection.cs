using System.Diagnostics;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Design;

/// <summary>Sets of units to experiment on, best first: similar units together, simulated in past windows, ranked by what they detect.</summary>
/// <remarks>Source: GeoLift (Meta), GeoLiftMarketSelection.</remarks>
public sealed class MarketSelection : ISpellable
{
    private const int Decimals = 3;

    /// <summary>Name of the outcome, when it is known.</summary>
    public string OutcomeName { get; set; } = "";

    /// <summary>Sets that detect some effect within the limits, in order of rank.</summary>
    public Market[] Markets { get; set; } = [];

    /// <summary>The power against each effect of every candidate, per duration.</summary>
    public PowerRow[] Curves { get; set; } = [];

    /// <summary>How many sets were simulated.</summary>
    public int CandidateCount { get; set; }

    /// <summary>How many fits were made.</summary>
    public long FitCount { get; set; }

    /// <summary>How sets are ranked.</summary>
    public MarketRanking Ranking { get; set; }

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

    /// <summary>Wall-clock time of the selection.</summary>
    public double ElapsedSeconds { get; set; }

    /// <summary>Warnings raised on the way, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Compares sets.</summary>
    /// <param name="data">Outcomes without a treatment.</param>
    /// <param name="options">Sizes, limits and what is simulated.</param>
    /// <param name="progress">Told after every set and window.</param>
    /// <param name="cancellationToken">Stops the simulations.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used.</exception>
    public static MarketSelection Run(
        EffectData data, MarketOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Stopwatch clock = Stopwatch.StartNew();
        DesignPanel panel = new(data);
        Similarity similarity = new(panel);
        TestSet[] sets = MarketCandidates.Create(panel, similarity, options);
        SimulationGrid grid = PowerRun.Simulate(panel, sets, options, progress, cancellationToken);
        PowerRow[] curves = PowerTable.Curves(panel, sets, options, grid);
        foreach (PowerRow row in curves)
        {
            row.Investment *= row.EffectSize < 0 ? -1 : 1;
        }

        double total = panel.Outcomes.Values.Sum();
        List<Market> markets = [];
        PowerRow[][] groups = [.. curves.Chunk(options.EffectSizes.Length)];
        for (int i = 0; i < groups.Length; i++)
        {
            if (DetectableEffect.Smallest(groups[i], options.MinPower) is { } row)
            {
                markets.Add(Describe(row, sets[i / options.Durations.Length].Units, panel, similarity, total));
            }
        }

        Market[] ranked = MarketOrder.Rank(markets, options);
        return new MarketSelection
        {
            Markets = ranked,
            Curves = curves,
            CandidateCount = sets.Length,
            FitCount = (long)groups.Length * options.Lookback * (options.EffectSizes.Length + 1),
            Ranking = options.Ranking,
            Alpha = options.Alpha,
            MinPower = options.MinPower,
            Side = options.Side,
            Demean = options.Demean,
            Lookback = options.Lookback,
            CostPerUnit = options.CostPerUnit,
            Warnings = [.. data.Warnings, .. Warning(markets.Count, ranked.Length, options)],
            ElapsedSeconds = clock.Elapsed.TotalSeconds,
        };
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Warnings = [.. Warnings.Select(spell)];

    private static Market Describe(PowerRow row, int[] units, DesignPanel panel, Similarity similarity, double total)
    {
        double share = units.Sum(unit => panel.Outcomes.Row(unit).ToArray().Sum()) / total;
        return new Market
        {
            Units = row.Units,
            Duration = row.Duration,
            EffectSize = row.EffectSize,
            Power = row.Power,
            AverageScaledImbalance = row.AverageScaledImbalance,
            Investment = row.Investment,
            AverageAtt = row.AverageAtt,
            AverageLift = row.AverageLift,
            ShareOfOutcome = share,
            LiftError = Math.Round(Math.Abs(row.AverageLift - row.EffectSize), Decimals),
            Holdout = row.EffectSize < 0 ? share : 1 - share,
            Correlation = similarity.WithOthers(units),
        };
    }

    private static string[] Warning(int detecting, int kept, MarketOptions options) =>
        detecting == 0 ? [$"No set detects an effect with a power above {options.MinPower:R}. Simulate larger {{EffectSizes}}, longer {{Durations}} or other {{Sizes}}."]
        : kept == 0 ? ["Every set that detects an effect lies outside {Budget}, {MinHoldout} or {MaxHoldout}."]
        : [];
}
