using System.Globalization;

namespace SparseSC.Plots.Report;

/// <summary>Numbers of tables and sentences, in the culture of the reader.</summary>
internal sealed class ReportNumber(CultureInfo culture)
{
    private const string None = "–";
    private const int Digits = 4;
    private const int MostDecimals = 10;
    private const int MostSmall = 8;

    /// <summary>One format for all numbers of a column: four digits of the largest.</summary>
    public Func<double, string> Column(IEnumerable<double> values)
    {
        double largest = values.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        int decimals = largest > 0 ? Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(largest)), 0, MostDecimals) : 0;
        string format = $"N{decimals}";
        return value => Special(value) ?? Signed(value.ToString(format, culture));
    }

    /// <summary>A number by itself: four digits of it, without zeros at the end.</summary>
    public string Single(double value)
    {
        int decimals = value == 0 ? 0 : Math.Max(0, Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
        return Special(value)
            ?? Signed(value.ToString(decimals > MostSmall ? "0.##E-0" : $"#,0.{new string('#', decimals)}", culture));
    }

    /// <summary>A p-value.</summary>
    public string P(double value) => Special(value) ?? value.ToString("0.0000", culture);

    /// <summary>A share as per cent.</summary>
    public string Percent(double share, string format = "0.0") =>
        Special(share) ?? Signed((100 * share).ToString(format, culture)) + "\u00A0%";

    /// <summary>A count.</summary>
    public string Count(long value) => value.ToString("N0", culture);

    private static string? Special(double value) => double.IsNaN(value) ? None
        : double.IsPositiveInfinity(value) ? "∞"
        : double.IsNegativeInfinity(value) ? "−∞"
        : null;

    // A hyphen breaks a line and is shorter than a minus.
    private static string Signed(string text) => text.Replace('-', '−');
}
