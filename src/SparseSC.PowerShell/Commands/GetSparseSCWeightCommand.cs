using System.Management.Automation;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Lists the weights of a fit or of an effect, the heaviest first: of donors, or of features.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCWeight", DefaultParameterSetName = UnitSet)]
[OutputType(typeof(UnitWeightRow), ParameterSetName = [UnitSet])]
[OutputType(typeof(FeatureWeightRow), ParameterSetName = [FeatureSet])]
public sealed class GetSparseSCWeightCommand : SparseSCCommand
{
    private const string UnitSet = "Unit";
    private const string FeatureSet = "Feature";

    /// <summary>The fit, or the effect.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Effect")]
    [ModelTransformation]
    public object Fit { get; set; } = null!;

    /// <summary>Units whose synthetic controls are wanted, with wildcards if wanted; without it, the treated ones.</summary>
    [Parameter(Position = 1, ParameterSetName = UnitSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[]? Unit { get; set; }

    /// <summary>Weights of features in place of donors.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FeatureSet)]
    public SwitchParameter Feature { get; set; }

    /// <summary>Lists weights of zero too.</summary>
    [Parameter]
    public SwitchParameter IncludeZero { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Fit;

    /// <inheritdoc/>
    protected override void Process() =>
        WriteObject(Fit is EffectEstimate effect ? Rows(effect) : Rows((SyntheticControlFit)Fit), enumerateCollection: true);

    private IEnumerable<object> Rows(SyntheticControlFit fit) => Feature
        ? FitRows.FeatureWeights(fit, IncludeZero)
        : FitRows.UnitWeights(fit, UnitSelection.Of(fit).Rows(Unit, ReportUnknown), IncludeZero);

    private IEnumerable<object> Rows(EffectEstimate effect) => Feature
        ? EffectRows.FeatureWeights(effect, IncludeZero)
        : EffectRows.UnitWeights(effect, UnitSelection.Of(effect).Rows(Unit, ReportUnknown), IncludeZero);

    private void ReportUnknown(string name, Exception error) => WriteMappedError(error, name);
}
