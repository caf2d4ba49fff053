using System.Globalization;

namespace SparseSC.Cli.Output;

/// <summary>Numbers for people to read.</summary>
internal static class NumberFormat
{
    private const int MostDecimals = 8;

    /// <summary>One number with four significant digits.</summary>
    public static string Short(double value)
    {
        if (!double.IsFinite(value))
        {
            return "n/a";
        }

        double size = Math.Abs(value);
        return size is 0 or (>= 1e-3 and < 1e7)
            ? value.ToString(size >= 1000 ? "0.#" : "0.####", CultureInfo.InvariantCulture)
            : value.ToString("0.###e-0", CultureInfo.InvariantCulture);
    }

    /// <summary>A format under which all values have the same decimals and the largest about four significant digits.</summary>
    public static Func<double, string> Column(IEnumerable<double> values)
    {
        double largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        int digitsBeforePoint = largest > 0 ? (int)Math.Floor(Math.Log10(largest)) + 1 : 1;
        if (digitsBeforePoint is > 9 or < -3)
        {
            return value => double.IsFinite(value) ? value.ToString("0.000e-0", CultureInfo.InvariantCulture) : "n/a";
        }

        string format = "F" + Math.Clamp(4 - digitsBeforePoint, 1, MostDecimals).ToString(CultureInfo.InvariantCulture);
        return value => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "n/a";
    }
}
