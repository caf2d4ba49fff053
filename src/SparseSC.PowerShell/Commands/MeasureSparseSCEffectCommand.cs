using System.Management.Automation;
using SparseSC.Core.Effects;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Commands;

/// <summary>Estimates the effect of a panel's treatment, with p-values and intervals from placebos.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SparseSCEffect")]
[OutputType(typeof(EffectEstimate))]
public sealed class MeasureSparseSCEffectCommand : EffectOptionCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        EffectEstimate estimate = RunWithProgress("Estimating the effect", (options, bar, stop) => EffectEstimator.Run(Panel, options, bar, stop));
        foreach (string warning in estimate.Warnings)
        {
            WriteMappedWarning(warning);
        }

        WriteObject(estimate);
    }
}
