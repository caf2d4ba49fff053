using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;

namespace SparseSC.Benchmarks;

/// <summary>One way to estimate and to test.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Options">Makes its options; <c>null</c> for a conformal test.</param>
internal sealed record CoverageMethod(string Name, Func<EffectOptions>? Options)
{
    private const double Level = 0.95;

    // As exact a test as with ten times as many, in a tenth of the time.
    private const int MostPlacebos = 999;

    /// <summary>Rearrangements of a conformal test.</summary>
    public ConformalPermutations Permutations { get; init; }

    /// <summary>Whether it takes part in a run that names no method.</summary>
    public bool IsUsual { get; init; } = true;

    /// <summary>How it tests.</summary>
    public EffectInference Inference => Options?.Invoke().Inference ?? EffectInference.Conformal;

    /// <summary>All methods.</summary>
    public static IReadOnlyList<CoverageMethod> All { get; } =
    [
        new("fast", () => new EffectOptions()),
        new("simplex", () => new EffectOptions { Method = EffectMethod.Simplex }),
        new("simplex-demeaned", () => new EffectOptions { Method = EffectMethod.Simplex, Demean = true }),
        new("did", () => new EffectOptions { Method = EffectMethod.DifferenceInDifferences }),
        new("fast-demeaned", () => new EffectOptions { Demean = true }) { IsUsual = false },
        new("did-asymmetric", () => new EffectOptions { Method = EffectMethod.DifferenceInDifferences, Asymmetric = true }) { IsUsual = false },
        new("simplex-asymmetric", () => new EffectOptions { Method = EffectMethod.Simplex, Asymmetric = true }) { IsUsual = false },
        new("fast-asymmetric", () => new EffectOptions { Asymmetric = true }) { IsUsual = false },
        new("fast-unscaled", () => new EffectOptions { PlaceboScale = PlaceboScale.None }) { IsUsual = false },
        new("simplex-unscaled", () => new EffectOptions { Method = EffectMethod.Simplex, PlaceboScale = PlaceboScale.None }) { IsUsual = false },
        new("did-unscaled", () => new EffectOptions { Method = EffectMethod.DifferenceInDifferences, PlaceboScale = PlaceboScale.None }) { IsUsual = false },
        new("prospective", () => new EffectOptions { ModelType = ModelType.Prospective }) { IsUsual = false },
        new("prospective-restricted", () => new EffectOptions { ModelType = ModelType.ProspectiveRestricted }) { IsUsual = false },
        new("joint", () => new EffectOptions { Method = EffectMethod.Joint }) { IsUsual = false },
        Rival("sdid", EffectMethod.Sdid),
        Rival("augmented", EffectMethod.Augmented),
        Rival("augmented-conformal", EffectMethod.Augmented, EffectInference.Conformal),
        Rival("augmented-jackknife-plus", EffectMethod.Augmented, EffectInference.JackknifePlus),
        Rival("penalized", EffectMethod.Penalized),
        Rival("robust", EffectMethod.Robust),
        Rival("partially-pooled", EffectMethod.PartiallyPooled),
        Rival("partially-pooled-jackknife", EffectMethod.PartiallyPooled, EffectInference.Jackknife),
        Rival("lasso", EffectMethod.Lasso),
        Rival("ridge", EffectMethod.Ridge),
        Rival("least-squares", EffectMethod.LeastSquares),
        Rival("lasso-prediction-interval", EffectMethod.Lasso, EffectInference.PredictionInterval),
        Rival("ridge-prediction-interval", EffectMethod.Ridge, EffectInference.PredictionInterval),
        Rival("simplex-prediction-interval", EffectMethod.Simplex, EffectInference.PredictionInterval),
        new("conformal", null),
        new("conformal-iid", null) { Permutations = ConformalPermutations.Iid },
    ];

    // Where they take covariates it is by a setting of their own.
    private static bool IsRival(EffectMethod method) => method > EffectMethod.DifferenceInDifferences;

    private static CoverageMethod Rival(string name, EffectMethod method, EffectInference inference = EffectInference.Placebo) =>
        new(name, () => new EffectOptions { Method = method, Inference = inference }) { IsUsual = false };

    /// <summary>Whether it can be tried on a design.</summary>
    public bool Takes(CoverageDesign design)
    {
        if (Options is null)
        {
            return design.Treated == 1 && design.Before <= 20 && !design.HasCovariates;
        }

        EffectOptions options = Options();
        bool hasOneUnit = design is { Treated: 1, HasCovariates: false };
        return options.Inference == EffectInference.PredictionInterval ? hasOneUnit
            : options.Method == EffectMethod.LeastSquares ? hasOneUnit && design.Controls < design.Before
            : !design.HasCovariates || (!options.Demean && !IsRival(options.Method));
    }

    /// <summary>Estimates the effect in one panel.</summary>
    public CoverageResult Run(EffectData data)
    {
        if (Options is null)
        {
            ConformalTest test = ConformalTest.Run(
                data, new ConformalOptions { Permutations = Permutations, Draws = 1000, Level = Level, MaxDegreeOfParallelism = 1 });
            return new CoverageResult(test.Average, test.PerPeriod, Level, double.NaN, false);
        }

        EffectOptions options = Options();
        options.MaxDegreeOfParallelism = 1;
        options.MaxPlacebos = MostPlacebos;
        options.Fast.KeepWeights = false;

        // The default's 1e-10 takes twice as long, for digits that no share of panels shows.
        options.Fast.MatchSpace.LassoTol = 1e-6;
        options.Joint.KeepWeights = false;
        EffectEstimate estimate = EffectEstimator.Run(data, options);
        return new CoverageResult(
            estimate.Effect.Average,
            estimate.Effect.PerPeriod,
            options.Level,
            estimate.ScaledEffect?.Average.PValue ?? double.NaN,
            estimate.Warnings.Any(warning => warning.Contains("matched worse before the treatment", StringComparison.Ordinal)))
        {
            Placebos = estimate.Effect.PlaceboCount,
        };
    }
}

/// <summary>What one panel gave.</summary>
/// <param name="Average">The average effect.</param>
/// <param name="PerPeriod">The effect per period.</param>
/// <param name="Level">Level of the intervals.</param>
/// <param name="ScaledPValue">p-value of the scaled effect; <c>NaN</c> without one.</param>
/// <param name="IsWarned">Whether a warning says that the treated are unlike the controls.</param>
internal sealed record CoverageResult(EffectValue Average, EffectValue[] PerPeriod, double Level, double ScaledPValue, bool IsWarned)
{
    /// <summary>The number of placebos; 0 for another test.</summary>
    public int Placebos { get; init; }
}
