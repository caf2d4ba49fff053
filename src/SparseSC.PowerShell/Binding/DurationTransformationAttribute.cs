using System.Globalization;
using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads a bare number in a unit of time; a time span stays what it is.</summary>
internal abstract class DurationTransformationAttribute(TimeSpan unit, string unitName) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => PropertyReader.Unwrap(inputData) switch
    {
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => unit * number,
        IConvertible number and not string => unit * number.ToDouble(CultureInfo.InvariantCulture),
        string text when !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) =>
            throw ArgumentFault.Because($"'{text}' is no length of time. Give a number of {unitName}, or a time span such as 01:30:00."),
        _ => inputData,
    };
}
