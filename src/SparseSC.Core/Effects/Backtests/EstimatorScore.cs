using System.Globalization;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>How well an estimator finds no effect where there is none.</summary>
public sealed class EstimatorScore : ISpellable
{
    /// <summary>Place by <see cref="BacktestSummary.Rmse"/> from 1; <c>null</c> for one that lacks an estimate, which is no fair comparison.</summary>
    public int? Rank { get; set; }

    /// <summary>The estimator.</summary>
    public EffectMethod Estimator { get; set; }

    /// <summary>Where its intervals come from.</summary>
    public EffectInference Inference { get; set; }

    /// <summary>Level of the intervals.</summary>
    public double Level { get; set; }

    /// <summary>All backtests.</summary>
    public BacktestSummary All { get; set; } = new();

    /// <summary>Those on untreated units.</summary>
    public BacktestSummary Space { get; set; } = new();

    /// <summary>Those on treated units before their treatment.</summary>
    public BacktestSummary Time { get; set; } = new();

    /// <summary>Backtests without an estimate.</summary>
    public int Failed { get; set; }

    /// <summary>Why the first of these has none; <c>null</c> when all have one.</summary>
    public string? Reason { get; set; }

    /// <summary>Wall-clock time of all its estimates with their inference, each on one thread.</summary>
    public double Seconds { get; set; }

    /// <summary>The backtests, in the same order for every estimator.</summary>
    public Backtest[] Backtests { get; set; } = [];

    /// <summary>What it finds for the treatment itself under other pre-period lengths and donor pools, where these were asked for.</summary>
    public SpecificationEstimate[] Specifications { get; set; } = [];

    /// <summary>The estimator and its error in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{EffectJson.MethodName(Estimator)}: RMSE {All.Rmse:G4}, mean error {All.MeanError:G4}, {All.Count} backtests");

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell)
    {
        Reason = Reason is null ? null : spell(Reason);
        foreach (ISpellable part in Backtests.Concat<ISpellable>(Specifications))
        {
            part.Spell(spell);
        }
    }

    internal static EstimatorScore Of(EffectMethod estimator, EffectInference inference, double level, Backtest[] backtests)
    {
        Backtest? failed = Array.Find(backtests, backtest => backtest.Reason is not null);
        return new EstimatorScore
        {
            Estimator = estimator,
            Inference = inference,
            Level = level,
            All = BacktestSummary.Of(backtests),
            Space = BacktestSummary.Of(backtests.Where(backtest => backtest.Kind == BacktestKind.Space)),
            Time = BacktestSummary.Of(backtests.Where(backtest => backtest.Kind == BacktestKind.Time)),
            Failed = backtests.Count(backtest => backtest.Reason is not null),
            Reason = failed?.Reason,
            Seconds = backtests.Sum(backtest => backtest.Seconds),
            Backtests = backtests,
        };
    }
}
