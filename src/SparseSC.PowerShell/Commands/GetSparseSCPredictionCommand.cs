using System.Management.Automation;
using SparseSC.Core.Fitting;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Lists what was observed beside what the synthetic control says, unit by unit and time by time.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCPrediction")]
[OutputType(typeof(PredictionRow))]
public sealed class GetSparseSCPredictionCommand : SparseSCCommand
{
    /// <summary>The fit.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [FitTransformation]
    public SyntheticControlFit Fit { get; set; } = null!;

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
    protected override void Process() =>
        WriteObject(FitRows.Predictions(Fit, UnitSelection.Rows(Fit, Unit), Level), enumerateCollection: true);
}
