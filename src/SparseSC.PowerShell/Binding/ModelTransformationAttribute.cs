using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>Takes a fit or an effect estimate, also one that was saved and read again.</summary>
internal sealed class ModelTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (object?)FitTransformationAttribute.ToFit(inputData)
            ?? EffectTransformationAttribute.ToEffect(inputData)
            ?? throw ArgumentFault.Of(
                "a fit or an effect",
                inputData,
                "Invoke-SparseSCFit, Measure-SparseSCEffect, Merge-SparseSCResults and Import-SparseSC… make them.");
}
