using System.CommandLine;
using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The options of an effect estimate and of its fits.</summary>
internal sealed class EffectOptionGroup
{
    private static readonly EffectOptions Defaults = new();

    private readonly EstimatorOptions _estimator;
    private readonly Option<bool> _joint = Switch("--joint", "The joint fit instead of the fast one");
    private readonly Option<EffectMethod?> _unitWeight = Choice(
        "--unit-weight",
        "Unit weights: penalised as --fast or --joint find them, classic simplex weights, or equal weights with a fixed effect per unit (difference "
            + "in differences) [default: penalised]",
        ("penalised", EffectMethod.Fast),
        ("simplex", EffectMethod.Simplex),
        ("did", EffectMethod.DifferenceInDifferences));

    private readonly Option<int?> _prePeriods = Whole("--pre-periods", "T0, the number of outcomes before the treatment to match on [default: all before the first treatment]");
    private readonly Option<int?> _postPeriods = Whole("--post-periods", "T1, the number of targets of the fit [default: all after the last treatment; a fifth of the pre-periods when prospective]");
    private readonly Option<int?> _evaluationPeriods = Whole("--evaluation-periods", "T2, the number of periods in which a prospective fit evaluates the effect [default: all]");
    private readonly Option<string?> _crossFitFolds =
        Text("--cross-fit-folds", "K|all|1", "Folds in which controls are held out as if treated; all is each alone, 1 none [default: 10; all with --unit-weight]");

    private readonly Option<uint?> _crossFitSeed = Seed("--cross-fit-seed", $"Seed of these folds [default: {Defaults.CrossFitSeed}]");
    private readonly Option<EffectMethod?> _crossFitBy = Choice(
        "--cross-fit-by",
        "With --joint: how held-out controls are fitted; fast is what the Python package does, whose placebos come from another estimator than the effect [default: joint]",
        ("fast", EffectMethod.Fast),
        ("joint", EffectMethod.Joint));

    private readonly Option<int?> _maxPlacebos = Whole("--max-placebos", $"With more combinations of controls, so many are drawn; 0 uses all [default: {Defaults.MaxPlacebos}]");
    private readonly Option<double?> _level = Number("--level", "Level of the intervals [default: 0.95]");
    private readonly Option<bool> _asymmetric = Switch("--asymmetric", "p-values and intervals from the placebos' two tails instead of from their absolute values");
    private readonly Option<IntervalRule?> _interval = Choice(
        "--interval",
        "Where intervals end: with the test, so that one leaves out 0 exactly when p ≤ 1 − level; or at the rank of the Python package, for comparison only [default: test]",
        ("test", IntervalRule.Test),
        ("reference", IntervalRule.Reference));

    private readonly Option<PlaceboScale?> _placeboScale = Choice(
        "--placebo-scale",
        "Several treated units: placebos on the scale of their mean effect, or as they are, which is what the Python package does and too narrow [default: design]",
        ("design", PlaceboScale.Design),
        ("none", PlaceboScale.None));

    private readonly Option<string?> _doses = Text("--doses", "FILE", "Per unit the treatment it received, blank for 1; effects are per unit of it");
    private readonly Option<bool> _averageTreated = Switch("--average-treated", "Replace the treated units of each treatment time by their mean first");
    private readonly Option<bool> _demean = Switch("--demean", "A fixed effect per unit: match and predict deviations from each unit's mean over the pre-periods (not with --unit-weight did, which has one)");
    private readonly Option<KeptUnits?> _weights = Choice(
        "--weights",
        "Whose unit weights are kept; those of all are units × controls numbers [default: treated]",
        ("treated", KeptUnits.Treated),
        ("all", KeptUnits.All),
        ("none", KeptUnits.None));

    private readonly FitOptionGroup _fitting = new(EffectOptions.JointDefaults());
    private readonly FastOptionGroup _fast = new();
    private readonly ReplicateOptionGroup _replicates = new();
    private readonly SeparateOptionGroup _separate = new();
    private readonly PooledOptionGroup _pooled = new();

    public EffectOptionGroup() => _estimator = new EstimatorOptions(_joint, _unitWeight, _fast);

    /// <summary>What its fits have in common with those of other verbs.</summary>
    public ChoiceOptions Choosing => _fitting.Choosing;

    public void AddTo(Command command)
    {
        Option[] own =
        [
            _estimator.Estimator, _joint, _unitWeight, _prePeriods, _postPeriods, _evaluationPeriods, _crossFitFolds, _crossFitSeed, _crossFitBy, _maxPlacebos, _level,
            _asymmetric, _interval, _placeboScale, _doses, _averageTreated, _demean, _weights,
        ];
        Array.ForEach(own, command.Add);
        _fitting.DonorPoolOption.Hidden = true;
        _fitting.ModelTypeOption.Description =
            WithWords("What the model is fitted on [default: retrospective]", "retrospective, prospective, prospective-restricted");
        _fitting.AddTo(command);
        _fast.MatchSpace.SeedOption.Description = $"Seed of the placebos drawn, and of the sample of --sample-fraction [default: {Defaults.Seed}]";
        _fast.AddChoicesTo(command);
        _replicates.AddTo(command);
        _separate.AddTo(command);
        _pooled.AddTo(command);
    }

    /// <summary>Threads, for tests that fit nothing penalised.</summary>
    public int Threads(ParseResult result) => _fitting.Choosing.Threads(result);

    /// <summary>The options as given.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="units">The number of units, for the doses.</param>
    /// <exception cref="InvalidInputException">Options contradict each other or have no effect.</exception>
    public EffectOptions Read(ParseResult result, int units)
    {
        EffectMethod method = Method(result);
        EffectOptions options = Read(result, units, method);
        _replicates.Read(result, options);
        _separate.Read(result, options);
        string[] given = [.. FastOptionGroup.Given(result)];
        _pooled.Read(result, options, given);
        EffectOptionUse.Check(method, options, given);
        return options;
    }

    /// <summary>The estimator asked for.</summary>
    /// <exception cref="InvalidInputException">Two are.</exception>
    public EffectMethod Method(ParseResult result) => _estimator.Read(result);

    private EffectOptions Read(ParseResult result, int units, EffectMethod method)
    {
        FitOptions joint = _fitting.Read(result);
        joint.MatchSpace = _fast.MatchSpace.IsGiven(result) ? _fast.MatchSpace.Read(result) : null;
        if (_fitting.HasDonorPool(result))
        {
            throw new InvalidInputException("DonorPoolNotUsed", "{DonorPool} restricts the donors of one fit; an effect fits many. Choose its donors with {Donor}, {Neighbours} or {Nearest}, or leave units out.", "DonorPool");
        }

        FastFitOptions fast = _fast.Read(result, _fitting);
        return new EffectOptions
        {
            Method = method,
            ModelType = _fitting.ModelType(result) ?? ModelType.Retrospective,
            PrePeriods = result.GetValue(_prePeriods),
            PostPeriods = result.GetValue(_postPeriods),
            EvaluationPeriods = result.GetValue(_evaluationPeriods),
            CrossFitFolds = Folds(result.GetValue(_crossFitFolds)),
            CrossFitSeed = result.GetValue(_crossFitSeed) ?? Defaults.CrossFitSeed,
            CrossFitMethod = result.GetValue(_crossFitBy),
            MaxPlacebos = result.GetValue(_maxPlacebos) ?? Defaults.MaxPlacebos,
            Seed = result.GetValue(_fast.MatchSpace.SeedOption) ?? Defaults.Seed,
            Level = result.GetValue(_level) ?? Defaults.Level,
            Asymmetric = result.GetValue(_asymmetric),
            PlaceboScale = result.GetValue(_placeboScale) ?? Defaults.PlaceboScale,
            Interval = result.GetValue(_interval) ?? Defaults.Interval,
            Doses = result.GetValue(_doses) is string path ? UnitColumnReader.Read(path, units, "Doses") : null,
            AverageTreated = result.GetValue(_averageTreated),
            Demean = result.GetValue(_demean),
            Weights = Weights(result),
            Scale = _fitting.Scale(result) ?? Defaults.Scale,
            Fast = fast,
            Joint = joint,
            MaxDegreeOfParallelism = Threads(result),
        };
    }

    private KeptUnits Weights(ParseResult result)
    {
        KeptUnits? given = result.GetValue(_weights);
        return Choosing.KeepWeights(result) ? given ?? KeptUnits.Treated
            : given is null or KeptUnits.None ? KeptUnits.None
            : throw new InvalidInputException("WeightsAmbiguous", "{KeepWeights} keeps none. Leave it or {Weights} out.", "Weights");
    }

    private static int? Folds(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return EffectOptions.HoldOutEach;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw new InvalidInputException("FoldsMalformed", $"{{CrossFitFolds}} {text} is neither a number from 1 nor {{CrossFitFolds:All}}.", "CrossFitFolds");
    }
}
