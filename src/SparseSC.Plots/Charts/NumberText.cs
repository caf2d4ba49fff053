using System.Globalization;

namespace SparseSC.Plots.Charts;

/// <summary>Numbers as a reader of a picture wants them.</summary>
internal static class NumberText
{
    private static readonly (double Size, string Letter)[] Large = [(1e12, "T"), (1e9, "G"), (1e6, "M")];

    /// <summary>Few digits: 1.5 G for 1,500,000,000.</summary>
    public static string Short(double value, CultureInfo culture)
    {
        double size = Math.Abs(value);
        foreach ((double unit, string letter) in Large)
        {
            if (size >= unit)
            {
                return (value / unit).ToString("0.###", culture) + " " + letter;
            }
        }

        return size is > 0 and < 1e-4 ? value.ToString("0.##E-0", culture) : value.ToString(size >= 10000 ? "#,0" : "0.#####", culture);
    }
}
