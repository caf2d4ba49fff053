using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>Accepts the command line's spelling of an enumeration, such as <c>prospective-restricted</c>.</summary>
internal sealed class EnumNameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        PropertyReader.Unwrap(inputData) is string text ? text.Replace("-", "", StringComparison.Ordinal) : inputData;
}
