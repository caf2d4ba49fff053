using System.Management.Automation;
using SparseSC.Core.Models;
using SparseSC.Numerics.Regression;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Options;

/// <summary>A cmdlet that takes the options of the joint fit and of the fast one.</summary>
/// <remarks>Options that are not given stay <c>null</c> here, so that the defaults stand in one place: <see cref="MatchSpaceOptions"/>.</remarks>
public abstract class FastFitOptionCommand : FitOptionCommand
{
    /// <summary>How features to match on are found; without a fast fit, the features of the joint one.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [EnumNameTransformation]
    public MatchSpaceKind? MatchSpace { get; set; }

    /// <summary>Feature weights, one per feature.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public double[]? V { get; set; }

    /// <summary>Lasso penalties to try; a single one is taken as it is.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public double[]? VPens { get; set; }

    /// <summary>Does not divide features by their norm before the lasso.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public SwitchParameter NoNormalize { get; set; }

    /// <summary>Cross-validation folds of the lasso.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public int? LassoFolds { get; set; }

    /// <summary>The lasso's method.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [EnumNameTransformation]
    public LassoSolver? LassoSolver { get; set; }

    /// <summary>The lasso stops at a duality gap of this share of the targets' squares.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Alias("LassoTol")]
    public double? LassoTolerance { get; set; }

    /// <summary>Sweeps after which the lasso gives up.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Alias("LassoMaxIter")]
    public int? LassoMaxIteration { get; set; }

    /// <summary>Takes the largest penalty within so many standard errors of the lowest error.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public double? SeFactor { get; set; }

    /// <summary>Share of the units the lasso runs on.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public double? SampleFraction { get; set; }

    /// <summary>Seed of the sample.</summary>
    [Parameter]
    public uint? Seed { get; set; }

    /// <summary>Averages so many neighbouring targets before the lasso.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public int? TargetBlock { get; set; }

    /// <summary>Share of the outcome's lasso in a d-lasso.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public double? TreatmentShare { get; set; }

    /// <summary>Unit-weight penalties to try in a fast fit.</summary>
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public double[]? WPens { get; set; }

    /// <summary>The penalties tried when none are given, in a fast fit and with -WPenInner.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public WPenGrid? WPenGrid { get; set; }

    /// <summary>How a fast fit chooses among them.</summary>
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    public WPenRule? WPenBy { get; set; }
}
