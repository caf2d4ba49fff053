using System.Management.Automation;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Options;

/// <summary>A cmdlet that takes the options of the joint fit.</summary>
/// <remarks>Options that are not given stay <c>null</c> here, so that the defaults stand in one place: <see cref="FitOptions"/>.</remarks>
public abstract class FitOptionCommand : SparseSCCommand
{
    /// <summary>The model type; without it retrospective with treated units and full without.</summary>
    [Parameter]
    [EnumNameTransformation]
    public ModelType? ModelType { get; set; }

    /// <summary>Penalty on the unit weights: one value, or several to choose from.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Alias("WPenalty")]
    public double[]? WPen { get; set; }

    /// <summary>Penalty on the feature weights: one value, or several to choose from.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Alias("VPenalty")]
    public double[]? VPen { get; set; }

    /// <summary>Multiples of the maximum penalty to try.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public double[]? Grid { get; set; }

    /// <summary>Lowest multiple of the maximum penalty.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public double? GridMin { get; set; }

    /// <summary>Highest multiple of the maximum penalty.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public double? GridMax { get; set; }

    /// <summary>Number of multiples.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public int? GridLength { get; set; }

    /// <summary>From 1: the number of iterations. Below 1: stop at a smaller improvement. Or a script block that says when.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public object? StoppingRule { get; set; }

    /// <summary>How a penalty is chosen from its scores: Min, OneStandardError (1se), or a script block.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [ArgumentCompleter(typeof(ChoiceCompleter))]
    public object? Choice { get; set; }

    /// <summary>Cross-validation folds: their number, the folds, or a JSON file.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Alias("CvFold")]
    public object? CvFolds { get; set; }

    /// <summary>Seed of the cross-validation folds.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public uint? CvSeed { get; set; }

    /// <summary>Folds of the objective: their number, None for leave-one-out, the folds, or a JSON file.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Alias("GradientFold")]
    [ArgumentCompleter(typeof(NoFoldsCompleter))]
    public object? GradientFolds { get; set; }

    /// <summary>Seed of the gradient folds.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public uint? GradientSeed { get; set; }

    /// <summary>Where the feature weights live.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public WeightConstraint? Constraint { get; set; }

    /// <summary>The search for the feature weights.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [ArgumentCompleter(typeof(OptimizerCompleter))]
    public string? Optimizer { get; set; }

    /// <summary>Relative improvement below which the search stops.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Alias("Tol")]
    public double? Tolerance { get; set; }

    /// <summary>Iterations the search makes before the tolerance may stop it.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Alias("MinIter")]
    public int? MinIteration { get; set; }

    /// <summary>Iterations after which the search fails.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Alias("MaxIter")]
    public int? MaxIteration { get; set; }

    /// <summary>First step of the search, as a share of the objective.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public double? LearningRate { get; set; }

    /// <summary>Factor by which the step adapts.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public double? LearningRateAdjustment { get; set; }

    /// <summary>Chooses the unit-weight penalty inside each fold.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public SwitchParameter WPenInner { get; set; }

    /// <summary>Starts the search of each penalty from the previous one's result.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public SwitchParameter Cache { get; set; }

    /// <summary>How covariates enter: brought to the scale of an outcome period, or as they are.</summary>
    [Parameter]
    public CovariateScale? Scale { get; set; }

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    [Parameter]
    [Alias("MaxDegreeOfParallelism")]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>Leaves out the matrix of unit weights.</summary>
    [Parameter]
    public SwitchParameter NoWeights { get; set; }
}
