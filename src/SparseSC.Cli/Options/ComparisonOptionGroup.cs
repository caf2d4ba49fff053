using System.CommandLine;
using SparseSC.Core.Effects.Backtests;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The options of a comparison of estimators.</summary>
internal sealed class ComparisonOptionGroup
{
    private static readonly ComparisonOptions Defaults = new();

    private readonly Option<EffectMethod[]> _estimators = Words(
        "--estimator",
        "The estimators compared, by their default settings [default: all but joint and classic, which take seconds a unit]",
        [.. Enum.GetValues<EffectMethod>().Select(method => (EffectJson.MethodName(method), method))]);

    private readonly Option<BacktestKind[]> _kinds = Words(
        "--kind",
        "Untreated units as if treated at the same time, or treated units as if treated before they were [default: both]",
        [.. Enum.GetValues<BacktestKind>().Select(kind => (ComparisonJson.KindName(kind), kind))]);

    private readonly Option<EffectInference?> _inference = Choice(
        "--inference",
        "Where intervals come from; an estimator that lacks it is judged by placebos [default: placebo]",
        [.. Enum.GetValues<EffectInference>().Select(inference => (Core.Errors.OptionText.CommandLineValue(inference.ToString()), inference))]);

    private readonly Option<int?> _maxBacktests = Whole("--max-backtests", $"With more backtests of a kind, so many are drawn [default: {Defaults.MaxBacktests}]");
    private readonly Option<int?> _prePeriods = Whole("--pre-periods", "T0, the number of outcomes before the treatment to match on [default: all]");
    private readonly Option<int?> _postPeriods =
        Whole("--post-periods", "Periods over which errors are taken [default: all from the treatment on; in time, a quarter of those before it at most]");

    private readonly Option<int[]> _preLengths =
        Wholes("--pre-lengths", "Estimate the effect itself by every estimator, also with so many outcomes matched on: a specification curve");

    private readonly Option<string[][]> _without =
        NameGroups("--without", "Estimate the effect itself by every estimator, also without these donors; once for each time the option is given");

    private readonly Option<double?> _level = Number("--level", "Level of the intervals [default: 0.95]");
    private readonly Option<uint?> _seed = Seed("--seed", $"Seed of the backtests and of the placebos drawn [default: {Defaults.Seed}]");
    private readonly Option<int?> _threads = Whole("--threads", "Threads; results do not depend on it [default: one per processor]");
    private readonly Option<bool> _details = Switch("--details", "A row for every backtest of every estimator as well");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _estimators, _kinds, _inference, _maxBacktests, _prePeriods, _postPeriods, _preLengths, _without, _level, _seed, _threads, _details })
        {
            command.Add(option);
        }
    }

    /// <summary>Whether every backtest is written.</summary>
    public bool HasDetails(ParseResult result) => result.GetValue(_details);

    /// <summary>The options as given.</summary>
    public ComparisonOptions Read(ParseResult result) => new()
    {
        Estimators = result.GetValue(_estimators)!,
        Kinds = result.GetValue(_kinds)!,
        Inference = result.GetValue(_inference) ?? Defaults.Inference,
        MaxBacktests = result.GetValue(_maxBacktests) ?? Defaults.MaxBacktests,
        PrePeriods = result.GetValue(_prePeriods),
        PostPeriods = result.GetValue(_postPeriods),
        PreLengths = result.GetValue(_preLengths)!,
        Without = result.GetValue(_without)!,
        Level = result.GetValue(_level) ?? Defaults.Level,
        Seed = result.GetValue(_seed) ?? Defaults.Seed,
        MaxDegreeOfParallelism = result.GetValue(_threads) ?? 0,
    };
}
