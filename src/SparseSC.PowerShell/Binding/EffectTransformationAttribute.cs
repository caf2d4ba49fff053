using System.Management.Automation;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets an effect estimate that was saved and read again stand for the estimate it was.</summary>
internal sealed class EffectTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (ToEffect(inputData) is { } effect)
        {
            return effect;
        }

        throw ArgumentFault.Of("an effect", inputData, FitTransformationAttribute.ToFit(inputData) is null
            ? "Measure-SparseSCEffect, Merge-SparseSCResults and Import-SparseSCEffect make effects."
            : "Use Export-SparseSCFit for a fit.");
    }

    /// <summary>The estimate an object stands for, or <c>null</c> when it stands for none.</summary>
    internal static EffectEstimate? ToEffect(object? value) => SavedObject.Restore<EffectEstimate>(
        value,
        nameof(EffectEstimate.Periods),
        nameof(EffectEstimate.Effect),
        nameof(EffectEstimate.Synthetic),
        nameof(EffectEstimate.Observed));
}
