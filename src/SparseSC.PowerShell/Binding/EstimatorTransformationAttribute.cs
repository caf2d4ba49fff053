using System.Management.Automation;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Binding;

/// <summary>Accepts an estimator's short name, such as <c>Did</c>, or several of them, in the spelling of both surfaces.</summary>
internal sealed class EstimatorTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => PropertyReader.Unwrap(inputData) switch
    {
        string text => Name(text),
        object?[] several => Array.ConvertAll(several, one => PropertyReader.Unwrap(one) is string text ? Name(text) : one),
        _ => inputData,
    };

    private static string Name(string text)
    {
        string word = text.Replace("-", "", StringComparison.Ordinal);
        return Array.Find(Enum.GetNames<EffectMethod>(), name =>
            EffectJson.MethodName(Enum.Parse<EffectMethod>(name)).Replace("-", "", StringComparison.Ordinal).Equals(word, StringComparison.OrdinalIgnoreCase)) ?? word;
    }
}
