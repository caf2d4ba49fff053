using SparseSC.Core.Data;

namespace SparseSC.Core.Models;

/// <summary>Every option of the joint fit; the defaults are the reference's.</summary>
/// <remarks>A penalty array of length one is a scalar; longer ones are lists to choose from.</remarks>
public sealed class FitOptions
{
    /// <summary>The model type; <c>null</c> means retrospective with treated units and full without.</summary>
    public ModelType? ModelType { get; set; }

    /// <summary>Penalty on ‖W − 1/n‖²: <c>null</c> to search, one value, or a list.</summary>
    public double[]? WPen { get; set; }

    /// <summary>Penalty on ‖v‖₁: <c>null</c> to search, one value, or a list.</summary>
    public double[]? VPen { get; set; }

    /// <summary>Multiples of the maximum penalty to try; <c>null</c> makes a geometric grid from the three settings below.</summary>
    public double[]? Grid { get; set; }

    /// <summary>Lowest multiple of the maximum penalty.</summary>
    public double GridMin { get; set; } = 1e-6;

    /// <summary>Highest multiple of the maximum penalty.</summary>
    public double GridMax { get; set; } = 1;

    /// <summary>Number of multiples.</summary>
    public int GridLength { get; set; } = 20;

    /// <summary>At least 1: the number of iterations. Below 1: stop when the score improves by less than this share.</summary>
    public double StoppingRule { get; set; } = 2;

    /// <summary>Given the current fit, the previous one (or <c>null</c>) and the iteration from 0, whether to stop; replaces <see cref="StoppingRule"/>.</summary>
    public Func<FitIteration, FitIteration?, int, bool>? StoppingCallback { get; set; }

    /// <summary>How a penalty is chosen from its scores.</summary>
    public PenaltyChoice Choice { get; set; } = PenaltyChoice.OneStandardError;

    /// <summary>Given the scores in the order tried, the index chosen; replaces <see cref="Choice"/>.</summary>
    public Func<IReadOnlyList<double>, int>? ChoiceCallback { get; set; }

    /// <summary>Cross-validation folds; by default 10, or as many as there are units to fit.</summary>
    public FoldSpecification CvFolds { get; set; } = FoldSpecification.UpTo(10);

    /// <summary>Seed of the cross-validation folds.</summary>
    public uint CvSeed { get; set; } = 110011;

    /// <summary>Folds of the objective inside one search; none is leave-one-out.</summary>
    public FoldSpecification GradientFolds { get; set; } = FoldSpecification.UpTo(10);

    /// <summary>Seed of the gradient folds.</summary>
    public uint GradientSeed { get; set; } = 10101;

    /// <summary>Where v lives; <c>null</c> means simplex, but orthant when both penalties are given.</summary>
    public WeightConstraint? Constraint { get; set; }

    /// <summary>The search in v: <c>cdl</c> (the reference's) or <c>newton</c>.</summary>
    public string Optimizer { get; set; } = "cdl";

    /// <summary>Relative improvement below which the search stops.</summary>
    public double Tol { get; set; } = 1e-4;

    /// <summary>Iterations (from 0) the search makes before <see cref="Tol"/> may stop it.</summary>
    public int MinIter { get; set; } = 3;

    /// <summary>Iterations after which the search fails.</summary>
    public int MaxIter { get; set; } = 3000;

    /// <summary>First step of the search, as a share of the objective; in (0, 1).</summary>
    public double LearningRate { get; set; } = 0.2;

    /// <summary>Factor by which the step adapts; in (0, 1).</summary>
    public double LearningRateAdjustment { get; set; } = 0.9;

    /// <summary>Chooses the unit-weight penalty by ridge leave-one-out inside each fold.</summary>
    public bool WPenInner { get; set; }

    /// <summary>With <see cref="WPenInner"/>: whether the penalties tried follow the scale of the features.</summary>
    public WPenGrid WPenGrid { get; set; }

    /// <summary>Starts the search of each penalty from the previous penalty's v.</summary>
    public bool Cache { get; set; }

    /// <summary>How covariates enter; <c>null</c> scales those of data that say which features are covariates.</summary>
    public CovariateScale? Scale { get; set; }

    /// <summary>Keeps only the features of a match space before the fit; <c>null</c> keeps all.</summary>
    public MatchSpaceOptions? MatchSpace { get; set; }

    /// <summary>N×C: which control (column) may be a donor of which unit (row); <c>null</c> allows all. Used for the final weights only.</summary>
    public bool[,]? DonorPool { get; set; }

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; set; }

    /// <summary>Whether the N×C matrix of unit weights is made; predictions do not need it.</summary>
    public bool KeepWeights { get; set; } = true;

    /// <summary>Whether an effect needs the weights of treated units only.</summary>
    internal bool TreatedWeightsOnly { get; set; }

    /// <summary>Which unit weights are made.</summary>
    internal KeptUnits Kept => !KeepWeights ? KeptUnits.None : TreatedWeightsOnly ? KeptUnits.Treated : KeptUnits.All;

    /// <summary>The same options in an object of their own; arrays are shared.</summary>
    internal FitOptions Copy() => (FitOptions)MemberwiseClone();
}
