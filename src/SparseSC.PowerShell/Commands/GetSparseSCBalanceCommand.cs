using System.Management.Automation;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Lists, predictor by predictor, the treated beside their synthetic control and the plain mean of their donors.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCBalance")]
[OutputType(typeof(BalanceRow))]
public sealed class GetSparseSCBalanceCommand : SparseSCCommand
{
    /// <summary>The fit, or the effect.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Effect")]
    [ModelTransformation]
    public object Fit { get; set; } = null!;

    /// <inheritdoc/>
    protected override object? ErrorTarget => Fit;

    /// <inheritdoc/>
    protected override void Process() => WriteObject(
        Fit is EffectEstimate effect ? EffectRows.Balance(effect) : FitRows.Balance((SyntheticControlFit)Fit), enumerateCollection: true);
}
