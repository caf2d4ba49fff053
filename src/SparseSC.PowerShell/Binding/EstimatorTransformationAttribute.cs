using System.Management.Automation;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Binding;

/// <summary>Accepts an estimator's short name, such as <c>Did</c>, in the spelling of both surfaces.</summary>
internal sealed class EstimatorTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (PropertyReader.Unwrap(inputData) is not string text)
        {
            return inputData;
        }

        string word = text.Replace("-", "", StringComparison.Ordinal);
        return Array.Find(Enum.GetNames<EffectMethod>(), name =>
            EffectJson.MethodName(Enum.Parse<EffectMethod>(name)).Replace("-", "", StringComparison.Ordinal).Equals(word, StringComparison.OrdinalIgnoreCase)) ?? word;
    }
}
