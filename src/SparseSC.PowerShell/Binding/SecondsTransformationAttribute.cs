using System.Globalization;
using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads a bare number as seconds, as Wait-Job does; a time span stays what it is.</summary>
internal sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => PropertyReader.Unwrap(inputData) switch
    {
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => TimeSpan.FromSeconds(seconds),
        IConvertible number and not string => TimeSpan.FromSeconds(number.ToDouble(CultureInfo.InvariantCulture)),
        _ => inputData,
    };
}
