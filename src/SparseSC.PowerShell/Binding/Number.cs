using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Numbers as users hold them: any numeric type, or text in the invariant culture.</summary>
internal static class Number
{
    public static bool IsNumber(object? value) => value is double or float or decimal or sbyte or byte or short or ushort or int or uint or long or ulong or bool;

    public static bool IsNumeric(string text) => NumberText.TryParse(text, out _) || NumberText.IsMissing(text);

    public static bool TryGet(object? value, out double number)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (plain is string text)
        {
            return NumberText.TryParse(text, out number);
        }

        number = IsNumber(plain) ? Convert.ToDouble(plain, CultureInfo.InvariantCulture) : double.NaN;
        return IsNumber(plain);
    }

    /// <summary>A whole number, or <c>null</c> when the value is none.</summary>
    public static int? ToInteger(object? value) =>
        TryGet(value, out double number) && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    /// <exception cref="InvalidInputException">The cell holds no finite number.</exception>
    public static double Require(object? value, string parameterName, int row, string column)
    {
        if (TryGet(value, out double number) && double.IsFinite(number))
        {
            return number;
        }

        string text = value?.ToString() is { Length: > 0 } something ? $"'{something}'" : "missing";
        throw new InvalidInputException(
            "NotANumber", $"{{{parameterName}}}: row {row}, {column} is {text}; every cell must be a finite number.", parameterName);
    }
}
