using System.CommandLine;
using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The options of the joint fit, with the defaults of the verb.</summary>
internal sealed class FitOptionGroup(FitOptions defaults)
{
    private readonly Option<ModelType?> _modelType = Choice(
        "--model-type",
        "What the model is fitted on [default: retrospective with treated units, full without]",
        ("retrospective", Core.Models.ModelType.Retrospective),
        ("prospective", Core.Models.ModelType.Prospective),
        ("prospective-restricted", Core.Models.ModelType.ProspectiveRestricted),
        ("full", Core.Models.ModelType.Full));

    private readonly Option<double[]?> _wPen = Numbers("--w-pen", "Penalty on the unit weights: one value, or a list to choose from [default: searched]");
    private readonly Option<double[]?> _vPen = Numbers("--v-pen", "Penalty on the feature weights: one value, or a list to choose from [default: searched]");
    private readonly Option<double[]?> _grid = Numbers("--grid", "Multiples of the maximum penalty to try [default: geometric, from the next three]");
    private readonly Option<double?> _gridMin = Number("--grid-min", $"Lowest multiple {Default(defaults.GridMin)}");
    private readonly Option<double?> _gridMax = Number("--grid-max", $"Highest multiple {Default(defaults.GridMax)}");
    private readonly Option<int?> _gridLength = Whole("--grid-length", $"Number of multiples {Default(defaults.GridLength)}");
    private readonly Option<double?> _stoppingRule = Number(
        "--stopping-rule",
        $"From 1: iterations of the alternating search; below 1: stop when the score improves by less than this share {Default(defaults.StoppingRule)}");

    private readonly Option<string?> _cvFolds = Text("--cv-folds", "K|FILE.json", "Cross-validation folds: a number, or [[[train…],[test…]],…] [default: 10, fewer for fewer units]");
    private readonly Option<uint?> _cvSeed = Seed("--cv-seed", $"Seed of the cross-validation folds {Default(defaults.CvSeed)}");
    private readonly Option<string?> _gradientFolds =
        Text("--gradient-folds", "K|none|FILE.json", "Folds of the objective inside one search; none is leave-one-out [default: 10, fewer for fewer units]");

    private readonly Option<uint?> _gradientSeed = Seed("--gradient-seed", $"Seed of the gradient folds {Default(defaults.GradientSeed)}");
    private readonly Option<WeightConstraint?> _constraint = Choice(
        "--constraint",
        "Feature weights that sum to one (simplex), or only ≥ 0 (orthant) [default: simplex; but orthant when both --v-pen and "
            + "--w-pen are given, because then only one penalty varies and on the simplex one degree of freedom would be missing]",
        ("simplex", WeightConstraint.Simplex),
        ("orthant", WeightConstraint.Orthant));

    private readonly Option<string?> _optimizer =
        Text("--optimizer", "NAME", $"Search in the feature weights ({string.Join(", ", Optimizers.Names)}); cdl is that of the Python package [default: {defaults.Optimizer}]");

    private readonly Option<double?> _tol = Number("--tol", $"Relative improvement below which a search stops {Default(defaults.Tol)}");
    private readonly Option<int?> _minIter = Whole("--min-iter", $"Steps of a search before --tol may stop it {Default(defaults.MinIter)}");
    private readonly Option<int?> _maxIter = Whole("--max-iter", $"Steps after which a search fails {Default(defaults.MaxIter)}");
    private readonly Option<double?> _learningRate = Number("--learning-rate", $"First step of a search {Default(defaults.LearningRate)}");
    private readonly Option<double?> _learningRateAdjustment =
        Number("--learning-rate-adjustment", $"Factor by which the step adapts {Default(defaults.LearningRateAdjustment)}");

    private readonly Option<bool> _wPenInner = Switch("--w-pen-inner", "Choose the unit-weight penalty by ridge leave-one-out inside each fold");
    private readonly Option<WPenGrid?> _wPenGrid = Choice(
        "--w-pen-grid",
        "Fast fit and --w-pen-inner: 40 penalties from 1e-5 to 1e5, times the features' mean weighted variance, or as they are, as in the Python package [default: relative]",
        ("relative", Core.Models.WPenGrid.Relative),
        ("absolute", Core.Models.WPenGrid.Absolute));

    private readonly Option<CovariateScale?> _scale = Choice(
        "--scale",
        "Covariates centred and brought to the scale of an outcome period (sd), or as they are, as in the Python package (none) [default: sd; none with --features]",
        ("sd", CovariateScale.Sd),
        ("none", CovariateScale.None));

    private readonly Option<bool> _cache = Switch("--cache", "Start the search of each penalty from the previous penalty's result");
    private readonly Option<string?> _donorPool = Text("--donor-pool", "POOL.csv", "Which control may be a donor of which unit: 0 or 1, a row per unit and a column per control [default: all]");

    /// <summary>The options with the defaults of <see cref="FitOptions"/>.</summary>
    public FitOptionGroup()
        : this(new FitOptions())
    {
    }

    /// <summary>The donor pool, which an effect estimate has no use for.</summary>
    public Option<string?> DonorPoolOption => _donorPool;

    /// <summary>The model type, of which an effect estimate has fewer.</summary>
    public Option<ModelType?> ModelTypeOption => _modelType;

    public ChoiceOptions Choosing { get; } = new(defaults.Choice == PenaltyChoice.Min ? "min" : "1se");

    public void AddTo(Command command)
    {
        Option[] first =
            [_modelType, _wPen, _vPen, _grid, _gridMin, _gridMax, _gridLength, _stoppingRule];
        Option[] last =
        [
            _cvFolds, _cvSeed, _gradientFolds, _gradientSeed, _constraint, _optimizer, _tol, _minIter, _maxIter, _learningRate,
            _learningRateAdjustment, _wPenInner, _wPenGrid, _scale, _cache, _donorPool,
        ];
        Array.ForEach(first, command.Add);
        Choosing.AddChoiceTo(command);
        Array.ForEach(last, command.Add);
        Choosing.AddRestTo(command);
    }

    /// <summary>The model type given.</summary>
    /// <exception cref="InvalidInputException">A panel has no treated unit and no model type either.</exception>
    public ModelType? ModelType(ParseResult result, FitData data)
    {
        ModelType? model = result.GetValue(_modelType);
        if (data.TreatedUnits.Length == 0 && model is null && data.UnitNames is not null)
        {
            // In a panel a forgotten --treated-unit would otherwise fit another model without a word.
            throw new InvalidInputException(
                "NoTreatedUnit",
                "no unit is treated. Name one with {TreatedUnit}, or give {ModelType} {ModelType:Full} to fit all units alike.",
                "TreatedUnit");
        }

        return model;
    }

    /// <summary>The donor pool given; <paramref name="data"/> says what shape it must have.</summary>
    public bool[,]? DonorPool(ParseResult result, FitData data) => result.GetValue(_donorPool) is string path
        ? DonorPoolReader.Read(path, data.Targets.Rows, data.Targets.Rows - data.TreatedUnits.Length)
        : null;

    /// <summary>The model type given, or <c>null</c>.</summary>
    public ModelType? ModelType(ParseResult result) => result.GetValue(_modelType);

    /// <summary>The unit-weight penalties that ridge leave-one-out tries, in a fast fit too.</summary>
    public WPenGrid WPenGrid(ParseResult result) => result.GetValue(_wPenGrid) ?? default;

    /// <summary>How covariates enter, or <c>null</c>.</summary>
    public CovariateScale? Scale(ParseResult result) => result.GetValue(_scale);

    /// <summary>Whether a donor pool is given.</summary>
    public bool HasDonorPool(ParseResult result) => result.GetValue(_donorPool) is not null;

    /// <summary>The options as given.</summary>
    public FitOptions Read(ParseResult result, FitData data)
    {
        FitOptions options = Read(result);
        options.ModelType = ModelType(result, data);
        options.DonorPool = DonorPool(result, data);
        return options;
    }

    /// <summary>The options that do not depend on the data.</summary>
    public FitOptions Read(ParseResult result)
    {
        return new FitOptions
        {
            WPen = result.GetNumbers(_wPen),
            VPen = result.GetNumbers(_vPen),
            Grid = result.GetNumbers(_grid),
            GridMin = result.GetValue(_gridMin) ?? defaults.GridMin,
            GridMax = result.GetValue(_gridMax) ?? defaults.GridMax,
            GridLength = result.GetValue(_gridLength) ?? defaults.GridLength,
            StoppingRule = result.GetValue(_stoppingRule) ?? defaults.StoppingRule,
            Choice = Choosing.PenaltyChoice(result) ?? defaults.Choice,
            CvFolds = Folds(result.GetValue(_cvFolds), "CvFolds") ?? defaults.CvFolds,
            CvSeed = result.GetValue(_cvSeed) ?? defaults.CvSeed,
            GradientFolds = Folds(result.GetValue(_gradientFolds), "GradientFolds") ?? defaults.GradientFolds,
            GradientSeed = result.GetValue(_gradientSeed) ?? defaults.GradientSeed,
            Constraint = result.GetValue(_constraint),
            Optimizer = result.GetValue(_optimizer) ?? defaults.Optimizer,
            Tol = result.GetValue(_tol) ?? defaults.Tol,
            MinIter = result.GetValue(_minIter) ?? defaults.MinIter,
            MaxIter = result.GetValue(_maxIter) ?? defaults.MaxIter,
            LearningRate = result.GetValue(_learningRate) ?? defaults.LearningRate,
            LearningRateAdjustment = result.GetValue(_learningRateAdjustment) ?? defaults.LearningRateAdjustment,
            WPenInner = result.GetValue(_wPenInner),
            WPenGrid = WPenGrid(result),
            Scale = Scale(result),
            Cache = result.GetValue(_cache),
            MaxDegreeOfParallelism = Choosing.Threads(result),
            KeepWeights = Choosing.KeepWeights(result),
        };
    }

    private static FoldSpecification? Folds(string? text, string parameterName)
    {
        if (text is null)
        {
            return null;
        }

        // Which folds can be left out is for the fit to say; a file of this name would be no better an answer.
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return FoldSpecification.None;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
        {
            return FoldSpecification.Shuffled(count);
        }

        return !NumberText.TryParse(text.AsSpan(), out _)
            ? FoldsReader.Read(text, parameterName)
            : throw new InvalidInputException("FoldsMalformed", $"{{{parameterName}}} {text} is neither a whole number nor a file.", parameterName);
    }

    private static string Default(IFormattable value)
    {
        string text = value is double number and < 1e-3
            ? number.ToString("0.###e-0", CultureInfo.InvariantCulture)
            : value.ToString(null, CultureInfo.InvariantCulture);
        return $"[default: {text}]";
    }
}
