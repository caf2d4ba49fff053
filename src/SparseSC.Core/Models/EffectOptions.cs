namespace SparseSC.Core.Models;

/// <summary>Every option of an effect estimate.</summary>
public sealed class EffectOptions
{
    /// <summary>Value of <see cref="CrossFitFolds"/> that holds every control out alone.</summary>
    public const int HoldOutEach = 0;

    /// <summary>How synthetic controls are fitted.</summary>
    public EffectMethod Method { get; set; }

    /// <summary>Where p-values and intervals come from.</summary>
    public EffectInference Inference { get; set; }

    /// <summary>Options of <see cref="EffectInference.Conformal"/>; seed, level, windows, fixed effects and threads are those of the estimate.</summary>
    public ConformalOptions Conformal { get; set; } = new();

    /// <summary>Retrospective or one of the prospective kinds; a full model has no treated units.</summary>
    public ModelType ModelType { get; set; } = ModelType.Retrospective;

    /// <summary>T0, the outcomes matched on; <c>null</c> takes all before the first treatment (less T1 for the prospective kinds).</summary>
    public int? PrePeriods { get; set; }

    /// <summary>
    /// T1, the targets. Retrospective: the periods from the treatment on, by default all after the last treatment. Prospective kinds:
    /// the last periods before it, by default max(1, ⌊a/5⌋) of the a there are.
    /// </summary>
    public int? PostPeriods { get; set; }

    /// <summary>T2, the periods from the treatment on in which the prospective kinds evaluate the effect; <c>null</c> takes all.</summary>
    public int? EvaluationPeriods { get; set; }

    /// <summary>
    /// Folds in which controls are held out as if treated, so that their differences are as honest as those of the treated: a number of
    /// folds, <see cref="HoldOutEach"/>, or 1 to reuse the main fit. <c>null</c>: 10, and each alone where nothing is
    /// cross-validated (simplex, difference in differences).
    /// </summary>
    public int? CrossFitFolds { get; set; }

    /// <summary>
    /// How cross-fits are fitted; <c>null</c> is as <see cref="Method"/> says. The reference's cross-fits are always fast, even those of a joint
    /// fit; <see cref="EffectMethod.Fast"/> repeats that, and the placebos then come from another estimator than the effect.
    /// </summary>
    public EffectMethod? CrossFitMethod { get; set; }

    /// <summary>Seed of the cross-fit folds.</summary>
    public uint CrossFitSeed { get; set; } = 110011;

    /// <summary>Most placebos to use: with more combinations of controls than this, so many are drawn at random; 0 uses all.</summary>
    public int MaxPlacebos { get; set; } = 10000;

    /// <summary>Seed of the placebos drawn.</summary>
    public uint Seed { get; set; } = 110011;

    /// <summary>Level of the intervals, in (0, 1).</summary>
    public double Level { get; set; } = 0.95;

    /// <summary>p-values and intervals from the placebos' two tails instead of from their absolute values.</summary>
    public bool Asymmetric { get; set; }

    /// <summary>Which placebo an interval ends at; <see cref="IntervalRule.Reference"/> is for comparison with the Python package only.</summary>
    public IntervalRule Interval { get; set; }

    /// <summary>On which scale placebos of several treated units are; <see cref="PlaceboScale.None"/> is the Python package's.</summary>
    public PlaceboScale PlaceboScale { get; set; }

    /// <summary>Length N: the treatment each treated unit received; <c>NaN</c> counts as 1, others are ignored. Effects are per unit of dose.</summary>
    public double[]? Doses { get; set; }

    /// <summary>Replaces the treated units of each treatment time by their mean before anything is fitted.</summary>
    public bool AverageTreated { get; set; }

    /// <summary>Matches and predicts deviations of outcomes from each unit's mean over the pre-periods (a fixed effect per unit).</summary>
    public bool Demean { get; set; }

    /// <summary>Which unit weights are kept.</summary>
    public KeptUnits Weights { get; set; } = KeptUnits.Treated;

    /// <summary>How covariates enter: brought to the scale of an outcome period, or as they are. Held-out fits keep the scale of the main one.</summary>
    public CovariateScale Scale { get; set; }

    /// <summary>Options of <see cref="EffectMethod.Fast"/>. Model type and threads are set by the estimator.</summary>
    public FastFitOptions Fast { get; set; } = new();

    /// <summary>Options of <see cref="EffectMethod.Joint"/>. Model type, threads and the folds of cross-fits are set by the estimator.</summary>
    public FitOptions Joint { get; set; } = JointDefaults();

    /// <summary>Options of <see cref="EffectMethod.Sdid"/>.</summary>
    public SdidOptions Sdid { get; set; } = new();

    /// <summary>Options of <see cref="EffectMethod.Augmented"/>.</summary>
    public AugmentedOptions Augmented { get; set; } = new();

    /// <summary>Options of <see cref="EffectMethod.Penalized"/>.</summary>
    public PenalizedOptions Penalized { get; set; } = new();

    /// <summary>Options of <see cref="EffectMethod.Classic"/>; the seed of its search is <see cref="Seed"/>.</summary>
    public ClassicOptions Classic { get; set; } = new();

    /// <summary>Options of <see cref="EffectInference.PredictionInterval"/>; the seed of its draws is <see cref="Seed"/>.</summary>
    public PredictionIntervalOptions PredictionInterval { get; set; } = new();

    /// <summary>Options of <see cref="EffectMethod.Robust"/>.</summary>
    public RobustOptions Robust { get; set; } = new();

    /// <summary>Options of <see cref="EffectMethod.PartiallyPooled"/>; its fixed effects are set there and not by <see cref="Demean"/>.</summary>
    public PooledOptions Pooled { get; set; } = new();

    /// <summary>How placebos and bootstrap samples of estimators of the mean are made.</summary>
    public ResamplingOptions Resampling { get; set; } = new();

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; set; }

    /// <summary>Combinations to use instead of drawing them, for comparisons with other programs.</summary>
    internal RecordedCombinations? Combinations { get; set; }

    /// <summary>The joint fit as the reference's effects use it: one step per search, and the lowest score.</summary>
    public static FitOptions JointDefaults() => new() { Choice = PenaltyChoice.Min, MinIter = -1, Tol = 1 };

    internal EffectOptions Copy() => (EffectOptions)MemberwiseClone();

    internal PlaceboOptions Placebos(IReadOnlyList<int[]>? combinations, double negligible) => new()
    {
        MaxPlacebos = MaxPlacebos,
        Seed = Seed,
        Level = Level,
        Asymmetric = Asymmetric,
        Interval = Interval,
        Scale = PlaceboScale,
        Negligible = negligible,
        Combinations = combinations,
        MaxDegreeOfParallelism = MaxDegreeOfParallelism,
    };
}
