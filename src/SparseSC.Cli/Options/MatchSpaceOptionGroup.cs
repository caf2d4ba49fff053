using System.CommandLine;
using System.Globalization;
using SparseSC.Core.Models;
using SparseSC.Numerics.Regression;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The options of a match space, with the defaults of <see cref="MatchSpaceOptions"/>.</summary>
internal sealed class MatchSpaceOptionGroup
{
    private static readonly MatchSpaceOptions Defaults = new();

    private readonly Option<MatchSpaceKind?> _kind = Choice(
        "--match-space",
        "How features to match on are found; without --fast, the features of the joint fit [default: lasso, fixed with --v]",
        ("lasso", MatchSpaceKind.Lasso),
        ("lasso-mixed", MatchSpaceKind.LassoMixed),
        ("d-lasso", MatchSpaceKind.DLasso),
        ("fixed", MatchSpaceKind.Fixed));

    private readonly Option<double[]?> _v = NumbersOrFile("--v", "Match space: feature weights, one per feature, for --match-space fixed; classic: weights of the predictors [default: searched]");
    private readonly Option<double[]?> _vPens = Numbers("--v-pens", "Match space: lasso penalties to try; a single one is taken as it is [default: 100 from the data]");
    private readonly Option<bool> _noNormalize = Switch("--no-normalize", "Match space: do not divide features by their norm before the lasso");
    private readonly Option<int?> _folds = Whole("--lasso-folds", $"Match space: cross-validation folds of the lasso, contiguous [default: {MatchSpaceOptions.UsualLassoFolds}, fewer for fewer units]");
    private readonly Option<LassoSolver?> _solver = Choice(
        "--lasso-solver",
        "Match space: method of the lasso; cyclic is plain descent as in scikit-learn [default: active-set]",
        ("active-set", LassoSolver.ActiveSet),
        ("cyclic", LassoSolver.Cyclic));

    private readonly Option<double?> _tol = Number("--lasso-tol", $"Match space: the lasso stops at a duality gap of this share of ‖Y‖² {Default(Defaults.LassoTol)}");
    private readonly Option<int?> _maxIter = Whole("--lasso-max-iter", $"Match space: sweeps after which the lasso gives up {Default(Defaults.LassoMaxIter)}");
    private readonly Option<double?> _seFactor =
        Number("--se-factor", "Match space: the largest penalty within so many standard errors of the lowest error [default: the lowest]");

    private readonly Option<double?> _sampleFraction = Number("--sample-fraction", $"Match space: share of the units the lasso runs on {Default(Defaults.SampleFraction)}");
    private readonly Option<uint?> _seed = Seed("--seed", $"Match space: seed of the sample {Default(Defaults.Seed)}");
    private readonly Option<int?> _targetBlock = Whole("--target-block", "Match space: average so many neighbouring targets before the lasso [default: none]");
    private readonly Option<double?> _treatmentShare =
        Number("--treatment-share", $"Match space: share of the outcome's lasso in d-lasso, the treatment's having the rest {Default(Defaults.TreatmentShare)}");

    /// <summary>The seed; an effect estimate draws its placebos with it as well.</summary>
    public Option<uint?> SeedOption => _seed;

    public IEnumerable<Option> All =>
        [_kind, _v, _vPens, _noNormalize, _folds, _solver, _tol, _maxIter, _seFactor, _sampleFraction, _seed, _targetBlock, _treatmentShare];

    /// <summary>Whether a match space is asked for by name.</summary>
    public bool IsGiven(ParseResult result) => result.GetValue(_kind) is not null;

    public MatchSpaceOptions Read(ParseResult result)
    {
        double[]? v = result.GetNumbers(_v);
        return new MatchSpaceOptions
        {
            Kind = result.GetValue(_kind) ?? (v is null ? MatchSpaceKind.Lasso : MatchSpaceKind.Fixed),
            V = v,
            VPens = result.GetNumbers(_vPens),
            Normalize = !result.GetValue(_noNormalize),
            LassoFolds = result.GetValue(_folds),
            LassoSolver = result.GetValue(_solver) ?? Defaults.LassoSolver,
            LassoTol = result.GetValue(_tol) ?? Defaults.LassoTol,
            LassoMaxIter = result.GetValue(_maxIter) ?? Defaults.LassoMaxIter,
            SeFactor = result.GetValue(_seFactor),
            SampleFraction = result.GetValue(_sampleFraction) ?? Defaults.SampleFraction,
            Seed = result.GetValue(_seed) ?? Defaults.Seed,
            TargetBlock = result.GetValue(_targetBlock),
            TreatmentShare = result.GetValue(_treatmentShare) ?? Defaults.TreatmentShare,
        };
    }

    private static string Default(IFormattable value)
        => $"[default: {(value is double number and < 1e-3 ? number.ToString("0e-0", CultureInfo.InvariantCulture) : value.ToString(null, CultureInfo.InvariantCulture))}]";
}
