using System.Management.Automation;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Lists what was observed beside what the synthetic control says, unit by unit and time by time.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCPrediction")]
[OutputType(typeof(PredictionRow))]
public sealed class GetSparseSCPredictionCommand : SparseSCCommand
{
    /// <summary>The fit, or the effect.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Effect")]
    [ModelTransformation]
    public object Fit { get; set; } = null!;

    /// <summary>Units wanted, with wildcards if wanted; without it, the treated ones.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string[]? Unit { get; set; }

    /// <summary>Level of the intervals around the synthetic values.</summary>
    [Parameter]
    public double Level { get; set; } = 0.95;

    /// <inheritdoc/>
    protected override object? ErrorTarget => Fit;

    /// <inheritdoc/>
    protected override void Process()
    {
        IEnumerable<PredictionRow> rows = Fit is EffectEstimate effect
            ? EffectRows.Predictions(effect, UnitSelection.Of(effect).Rows(Unit, ReportUnknown), Level)
            : FitRows.Predictions((SyntheticControlFit)Fit, UnitSelection.Of((SyntheticControlFit)Fit).Rows(Unit, ReportUnknown), Level);
        WriteObject(rows, enumerateCollection: true);
    }

    private void ReportUnknown(string name, Exception error) => WriteMappedError(error, name);
}
