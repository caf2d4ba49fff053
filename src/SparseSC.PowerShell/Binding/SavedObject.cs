using System.Collections;
using System.Globalization;

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads the properties of objects that were saved and read again: lists are lists of anything, rectangles are plain lists.</summary>
internal static class SavedObject
{
    /// <summary>The items of a list, or of one thing as a list of one.</summary>
    public static object?[]? List(object source, string name) => PropertyReader.Get(source, name) switch
    {
        null => null,
        IEnumerable list and not string => [.. list.Cast<object?>().Select(PropertyReader.Unwrap)],
        object one => [one],
    };

    /// <summary>A list of texts.</summary>
    public static string[]? Texts(object source, string name) =>
        List(source, name) is { } list ? [.. list.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")] : null;

    /// <summary>A list of numbers; what is no number is NaN.</summary>
    public static double[] Reals(object source, string name) => [.. (List(source, name) ?? []).Select(Real)];

    /// <summary>A number, NaN when there is none.</summary>
    public static double Real(object source, string name) => Real(PropertyReader.Get(source, name));

    /// <summary>A list of whole numbers, or <c>null</c> when one is none.</summary>
    public static int[]? Integers(object source, string name)
    {
        int?[] numbers = [.. (List(source, name) ?? []).Select(Number.ToInteger)];
        return numbers.Contains(null) ? null : [.. numbers.Select(number => number!.Value)];
    }

    /// <summary>A rectangle out of the list of its cells, row after row; <c>null</c> when their number does not fit.</summary>
    public static double[,]? Rectangle(object? value, int rows, int columns)
    {
        if (PropertyReader.Unwrap(value) is not IEnumerable list || list is string)
        {
            return null;
        }

        double[] values = [.. list.Cast<object?>().Select(Real)];
        if (values.Length != rows * columns)
        {
            return null;
        }

        double[,] result = new double[rows, columns];
        Buffer.BlockCopy(values, 0, result, 0, values.Length * sizeof(double));
        return result;
    }

    private static double Real(object? value) => Number.TryGet(value, out double number) ? number : double.NaN;
}
