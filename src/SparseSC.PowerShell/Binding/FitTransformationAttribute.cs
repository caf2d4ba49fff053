using System.Management.Automation;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a fit that was saved and read again stand for the fit it was.</summary>
internal sealed class FitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (ToFit(inputData) is { } fit)
        {
            return fit;
        }

        throw ArgumentFault.Of("a fit", inputData, EffectTransformationAttribute.ToEffect(inputData) is null
            ? "Invoke-SparseSCFit, Merge-SparseSCResults and Import-SparseSCFit make fits."
            : "Use Export-SparseSCEffect for an effect.");
    }

    /// <summary>The fit an object stands for, or <c>null</c> when it stands for none.</summary>
    internal static SyntheticControlFit? ToFit(object? value) => SavedObject.Restore<SyntheticControlFit>(
        value, nameof(SyntheticControlFit.ControlUnits), nameof(SyntheticControlFit.Predictions), nameof(SyntheticControlFit.Targets));
}
