using System.Diagnostics;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>Which estimator to believe on a panel: each estimates effects where there are none.</summary>
/// <remarks>
/// Untreated units stand in for the treated ones at the same times, and treated units are judged before their treatment. What is estimated
/// there is an error, and intervals should hold 0. Each backtest treats one unit, so that errors of several treated units, which average
/// out, are smaller.
/// </remarks>
public sealed class EstimatorComparison : ISpellable
{
    /// <summary>Name of the outcome, when it is known.</summary>
    public string OutcomeName { get; set; } = "";

    /// <summary>Level of the intervals.</summary>
    public double Level { get; set; }

    /// <summary>Seed of the backtests drawn and of their inference.</summary>
    public uint Seed { get; set; }

    /// <summary>
    /// The estimators by the root mean square of their errors, the smallest first; those that lack an estimate follow, and then those
    /// without any.
    /// </summary>
    public EstimatorScore[] Scores { get; set; } = [];

    /// <summary>What was left out, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Wall-clock time, in seconds.</summary>
    public double ElapsedSeconds { get; set; }

    /// <summary>Compares estimators.</summary>
    /// <param name="data">Outcomes, treatment times, covariates.</param>
    /// <param name="options">Which estimators, which backtests.</param>
    /// <param name="progress">Told after every backtest; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="InvalidInputException">An option is out of range, or the panel has no backtest.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EstimatorComparison Run(
        EffectData data, ComparisonOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        Stopwatch clock = Stopwatch.StartNew();
        Check(options);
        List<string> warnings = [.. data.Warnings];
        BacktestCase[] cases = BacktestCases.Create(data, options, warnings);
        EffectMethod[] estimators = [.. (options.Estimators.Count > 0 ? options.Estimators : ComparisonOptions.Usual).Distinct()];
        Backtest[] results = new Backtest[estimators.Length * cases.Length];
        int done = 0;
        progress?.Report(new FitProgress("Backtesting", 0, 0, results.Length));
        OrderedWork.Run(results.Length, ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken), () => 0, (i, _) =>
        {
            results[i] = Run(data, cases[i % cases.Length], estimators[i / cases.Length], options, cancellationToken);
            progress?.Report(new FitProgress("Backtesting", 0, Interlocked.Increment(ref done), results.Length));
        });
        EstimatorScore[] scores =
        [
            .. estimators
                .Select((estimator, i) => EstimatorScore.Of(
                    estimator, Inference(estimator, options), options.Level, results[(i * cases.Length)..((i + 1) * cases.Length)]))
                .OrderBy(score => score.All.Count == 0 ? 2 : score.Failed > 0 ? 1 : 0)
                .ThenBy(score => score.All.Rmse),
        ];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i].Rank = scores[i].Failed == 0 ? i + 1 : null;
        }

        warnings.AddRange(Unbounded(scores));
        SpecificationEstimate[] curve = SpecificationCurve.Run(
            data, [.. scores.Select(score => score.Estimator)], options, estimator => Inference(estimator, options), progress,
            ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken));
        foreach (EstimatorScore score in scores)
        {
            score.Specifications = [.. curve.Where(row => row.Estimator == score.Estimator)];
        }

        return new EstimatorComparison
        {
            Level = options.Level,
            Seed = options.Seed,
            Scores = scores,
            Warnings = [.. warnings],
            ElapsedSeconds = clock.Elapsed.TotalSeconds,
        };
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell)
    {
        Warnings = [.. Warnings.Select(spell)];
        Array.ForEach<ISpellable>(Scores, score => score.Spell(spell));
    }

    private static Backtest Run(
        EffectData data, BacktestCase backtest, EffectMethod estimator, ComparisonOptions options, CancellationToken cancellationToken)
    {
        Backtest result = backtest.Result(data, options.PrePeriods ?? backtest.Column);
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            EffectOptions own = options.Effect(estimator, Inference(estimator, options), options.PrePeriods, backtest.Post);
            PlaceboInference effect = EffectEstimator.Run(backtest.Data(data), own, null, cancellationToken).Effect;
            result.Error = effect.Average.Effect;
            result.PeriodRmse = Math.Sqrt(effect.PerPeriod.Average(value => value.Effect * value.Effect));
            result.CiLow = effect.Average.CiLow;
            result.CiHigh = effect.Average.CiHigh;
        }
        catch (SparseSCException error)
        {
            result.Reason = error.Message;
        }

        result.Seconds = clock.Elapsed.TotalSeconds;
        return result;
    }

    private static EffectInference Inference(EffectMethod estimator, ComparisonOptions options) =>
        EffectInferenceUse.Of(estimator).Contains(options.Inference) ? options.Inference : EffectInference.Placebo;

    private static IEnumerable<string> Unbounded(EstimatorScore[] scores)
    {
        string[] open =
            [.. scores.Where(score => score.All.Intervals < score.All.Count).Select(score => $"{{Estimator:{score.Estimator}}}")];
        return open.Length == 0
            ? []
            :
            [
                "Some intervals have no ends, for there are too few placebos for {Level}, and count neither in coverage nor in width: "
                    + $"{string.Join(", ", open)}. Give a lower {{Level}}.",
            ];
    }

    private static void Check(ComparisonOptions options)
    {
        PlaceboDistribution.CheckLevel(options.Level);
        (string Name, int? Value)[] counts =
        [
            ("MaxBacktests", options.MaxBacktests),
            ("PrePeriods", options.PrePeriods),
            ("PostPeriods", options.PostPeriods),
            .. options.PreLengths.Select(length => ("PreLengths", (int?)length)),
        ];
        foreach ((string name, int? value) in counts)
        {
            if (value < 1)
            {
                throw new InvalidInputException("OptionOutOfRange", $"{{{name}}} {value} must be at least 1.", name);
            }
        }

        if (options.MaxDegreeOfParallelism < 0)
        {
            throw new InvalidInputException(
                "OptionOutOfRange", $"{{Threads}} {options.MaxDegreeOfParallelism} must be 0 (one per processor) or more.", "Threads");
        }
    }
}
