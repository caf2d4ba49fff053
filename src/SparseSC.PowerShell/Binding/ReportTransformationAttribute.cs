using System.Management.Automation;
using SparseSC.Core.Effects.Robustness;

namespace SparseSC.PowerShell.Binding;

/// <summary>Takes what a report can be written of, also what was saved and read again.</summary>
internal sealed class ReportTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (object?)FitTransformationAttribute.ToFit(inputData)
            ?? EffectTransformationAttribute.ToEffect(inputData)
            ?? ToTest(inputData)
            ?? throw ArgumentFault.Of(
                "an effect, a fit or a test of an effect",
                inputData,
                "Measure-SparseSCEffect, Invoke-SparseSCFit, Test-SparseSCPlacebo, Merge-SparseSCResults and Import-SparseSC… make them.");

    private static object? ToTest(object? value) =>
        (object?)SavedObject.Restore<SpacePlacebo>(value, nameof(SpacePlacebo.Estimate), nameof(SpacePlacebo.Rows))
            ?? (object?)SavedObject.Restore<TimePlacebo>(value, nameof(TimePlacebo.PlaceboTimes), nameof(TimePlacebo.Estimates))
            ?? (object?)SavedObject.Restore<LeaveOneOutTest>(
                value,
                nameof(LeaveOneOutTest.Lowest),
                nameof(LeaveOneOutTest.Highest),
                nameof(LeaveOneOutTest.Rows))
            ?? SavedObject.Restore<ConformalTest>(value, nameof(ConformalTest.JointPValue), nameof(ConformalTest.PerPeriod));
}
