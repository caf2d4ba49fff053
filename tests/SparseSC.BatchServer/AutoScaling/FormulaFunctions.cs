using System.Globalization;

namespace SparseSC.BatchServer.AutoScaling;

/// <summary>The functions a formula can call.</summary>
internal static class FormulaFunctions
{
    /// <summary>Works out a function.</summary>
    /// <param name="at">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="time">The formula's time.</param>
    /// <exception cref="FormulaException">There is no such function, or its arguments do not fit.</exception>
    public static object Call(FormulaToken at, object[] arguments, DateTime time)
    {
        double One() => arguments.Length == 1 ? FormulaValue.Number(arguments[0], at) : throw at.Problem($"{at.Text} takes one argument");
        object Each(Func<double, double> function) => arguments is [double[] list] ? list.Select(function).ToArray() : function(One());
        double[] Some() => FormulaValue.Flatten(arguments, at) is { Length: > 0 } list ? list : throw at.Problem($"{at.Text} has nothing to work on: there are no samples");
        return at.Text switch
        {
            "[" => FormulaValue.Flatten(arguments, at),
            "avg" => Some().Average(),
            "ceil" => Math.Ceiling(One()),
            "floor" => Math.Floor(One()),
            "len" => (double)FormulaValue.Flatten(arguments, at).Length,
            "lg" => Each(Math.Log2),
            "ln" => Each(Math.Log),
            "log" => Each(Math.Log10),
            "max" => Some().Max(),
            "min" => Some().Min(),
            "norm" => Math.Sqrt(Some().Sum(value => value * value)),
            "percentile" when arguments.Length == 2 => Percentile(FormulaValue.Flatten([arguments[0]], at), FormulaValue.Number(arguments[1], at), at),
            "rand" when arguments.Length == 0 => Random.Shared.NextDouble(),
            "range" => Some() is var list ? list.Max() - list.Min() : 0,
            "round" => Math.Round(One(), MidpointRounding.AwayFromZero),
            "std" => Deviation(Some()),
            "sum" => FormulaValue.Flatten(arguments, at).Sum(),
            "time" when arguments.Length == 0 || arguments is [""] => time,
            "time" when arguments is [string text] => Time(text, at),
            "val" when arguments.Length == 2 => Element(FormulaValue.Flatten([arguments[0]], at), FormulaValue.Number(arguments[1], at), at),
            _ => throw at.Problem($"There is no function {at.Text} with such arguments"),
        };
    }

    private static double Percentile(double[] list, double percent, FormulaToken at)
    {
        if (list.Length == 0 || percent is < 0 or > 100)
        {
            throw at.Problem("percentile needs samples and a number between 0 and 100");
        }

        Array.Sort(list);
        double position = percent / 100 * (list.Length - 1);
        int below = (int)position;
        return below + 1 < list.Length ? list[below] + ((position - below) * (list[below + 1] - list[below])) : list[below];
    }

    private static double Deviation(double[] list)
    {
        double mean = list.Average();
        return list.Length < 2 ? 0 : Math.Sqrt(list.Sum(value => (value - mean) * (value - mean)) / (list.Length - 1));
    }

    private static double Element(double[] list, double index, FormulaToken at) => index >= 0 && index < list.Length
        ? list[(int)index]
        : throw at.Problem($"There is no element {index} of {list.Length}");

    private static DateTime Time(string text, FormulaToken at) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time)
            ? time
            : throw at.Problem($"'{text}' is no time");
}
