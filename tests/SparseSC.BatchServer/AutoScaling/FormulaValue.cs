using System.Globalization;

namespace SparseSC.BatchServer.AutoScaling;

/// <summary>The values of formulas: numbers, vectors of them, strings, times, intervals and metrics.</summary>
internal static class FormulaValue
{
    /// <exception cref="FormulaException">It is not one number.</exception>
    public static double Number(object value, FormulaToken at) => value switch
    {
        double number => number,
        double[] and [var only] => only,
        Metric metric => metric.Now,
        double[] list => throw at.Problem($"A number is needed, and there are {list.Length}"),
        _ => throw at.Problem("A number is needed"),
    };

    /// <summary>All numbers of a list of numbers and vectors.</summary>
    /// <exception cref="FormulaException">There is something else among them.</exception>
    public static double[] Flatten(IEnumerable<object> values, FormulaToken at) =>
        [.. values.SelectMany(value => value as double[] ?? [Number(value, at)])];

    /// <exception cref="FormulaException">The operator is not for such values.</exception>
    public static object Combine(FormulaToken sign, object left, object right) => (sign.Text, left, right) switch
    {
        ("+", DateTime time, TimeSpan interval) => time + interval,
        ("+", TimeSpan interval, DateTime time) => time + interval,
        ("-", DateTime time, TimeSpan interval) => time - interval,
        ("-", DateTime later, DateTime earlier) => later - earlier,
        ("+", TimeSpan one, TimeSpan other) => one + other,
        ("-", TimeSpan one, TimeSpan other) => one - other,
        ("/", TimeSpan one, TimeSpan other) => one / other,
        ("*", TimeSpan interval, double factor) => interval * factor,
        ("*", double factor, TimeSpan interval) => interval * factor,
        ("/", TimeSpan interval, double divisor) => interval / divisor,
        ("<" or "<=" or ">" or ">=" or "==" or "!=", _, _) => Compare(sign, left, right) ? 1.0 : 0.0,
        ("+" or "-" or "*" or "/", double[] list, double[] other) when list.Length == other.Length => list.Zip(other, (one, two) => Arithmetic(sign, one, two)).ToArray(),
        ("+" or "-" or "*" or "/", double[] { Length: not 1 } list, double or Metric) => list.Select(one => Arithmetic(sign, one, Number(right, sign))).ToArray(),
        ("+" or "-" or "*" or "/", double or Metric, double[] { Length: not 1 } list) => list.Select(two => Arithmetic(sign, Number(left, sign), two)).ToArray(),
        _ => Arithmetic(sign, Number(left, sign), Number(right, sign)),
    };

    public static string Show(object value) => value switch
    {
        double number => number.ToString(CultureInfo.InvariantCulture),
        double[] list => $"[{string.Join(',', list.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        TimeSpan interval => interval.ToString("c", CultureInfo.InvariantCulture),
        Metric metric => Show(metric.Now),
        _ => (string)value,
    };

    private static bool Compare(FormulaToken sign, object left, object right)
    {
        int order = (left, right) switch
        {
            (string one, string other) => string.CompareOrdinal(one, other),
            (DateTime one, DateTime other) => one.CompareTo(other),
            (TimeSpan one, TimeSpan other) => one.CompareTo(other),
            _ => Number(left, sign).CompareTo(Number(right, sign)),
        };
        return sign.Text switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, ">=" => order >= 0, "==" => order == 0, _ => order != 0 };
    }

    private static double Arithmetic(FormulaToken sign, double left, double right) => sign.Text switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        _ => right != 0 ? left / right : throw sign.Problem("Division by zero"),
    };
}
