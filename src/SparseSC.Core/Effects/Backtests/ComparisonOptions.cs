using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>Every option of a comparison of estimators.</summary>
public sealed class ComparisonOptions
{
    /// <summary>The estimators compared where none are named: all but the joint fit and classic synthetic control, which take seconds a unit.</summary>
    public static IReadOnlyList<EffectMethod> Usual { get; } =
        [.. Enum.GetValues<EffectMethod>().Where(method => method is not (EffectMethod.Joint or EffectMethod.Classic))];

    /// <summary>The estimators, each once; none are <see cref="Usual"/>.</summary>
    public IReadOnlyList<EffectMethod> Estimators { get; set; } = [];

    /// <summary>Where intervals come from; an estimator that lacks it is judged by placebos.</summary>
    public EffectInference Inference { get; set; }

    /// <summary>The kinds of backtest; none are both.</summary>
    public IReadOnlyList<BacktestKind> Kinds { get; set; } = [];

    /// <summary>Most backtests of each kind: with more, so many are drawn.</summary>
    public int MaxBacktests { get; set; } = 20;

    /// <summary>T0, the outcomes matched on; <c>null</c> takes all before the treatment.</summary>
    public int? PrePeriods { get; set; }

    /// <summary>
    /// Periods over which errors are taken; <c>null</c> takes, in space, all from the treatment on, and in time no more than a quarter of those
    /// before it.
    /// </summary>
    public int? PostPeriods { get; set; }

    /// <summary>Other pre-period lengths under which the effect of the treatment is estimated as well, by every estimator.</summary>
    public IReadOnlyList<int> PreLengths { get; set; } = [];

    /// <summary>Sets of units; without each set the effect of the treatment is estimated as well, by every estimator.</summary>
    public IReadOnlyList<string[]> Without { get; set; } = [];

    /// <summary>Level of the intervals, in (0, 1).</summary>
    public double Level { get; set; } = 0.95;

    /// <summary>Seed of the backtests drawn and of whatever their inference draws.</summary>
    public uint Seed { get; set; } = 110011;

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; set; }

    internal IReadOnlyList<BacktestKind> AllKinds => Kinds.Count > 0 ? Kinds : [BacktestKind.Space, BacktestKind.Time];

    /// <summary>The options of one estimate.</summary>
    internal EffectOptions Effect(EffectMethod estimator, EffectInference inference, int? pre, int? post)
    {
        EffectOptions options = new()
        {
            Method = estimator,
            Inference = inference,
            PrePeriods = pre,
            PostPeriods = post,
            Level = Level,
            Seed = Seed,
            Weights = KeptUnits.None,
            MaxDegreeOfParallelism = 1,
        };
        (options.Pooled.Lags, options.Pooled.Leads) = (pre, post);
        options.PredictionInterval.Share(Level);
        return options;
    }
}
