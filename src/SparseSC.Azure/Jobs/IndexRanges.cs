using System.Globalization;
using System.Text;

namespace SparseSC.Azure.Jobs;

/// <summary>Plan tasks as text: <c>0-19,25</c>, as the worker's <c>--index</c> takes them.</summary>
internal static class IndexRanges
{
    /// <summary>The text of ascending indices.</summary>
    public static string Format(IEnumerable<int> ascending)
    {
        StringBuilder text = new();
        int? first = null;
        int last = 0;
        foreach (int index in ascending)
        {
            if (first is not null && index == last + 1)
            {
                last = index;
                continue;
            }

            Append(text, first, last);
            (first, last) = (index, index);
        }

        Append(text, first, last);
        return text.ToString();
    }

    /// <summary>The indices of a text; <c>null</c> when it is not one of <see cref="Format"/>, or names more than <paramref name="tasks"/>.</summary>
    public static int[]? TryParse(string text, int tasks)
    {
        List<int> indices = [];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            if (!TryNumber(dash < 0 ? part : part[..dash], out int first)
                || !TryNumber(dash < 0 ? part : part[(dash + 1)..], out int last)
                || last < first
                || last >= tasks)
            {
                return null;
            }

            indices.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return [.. indices];
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static void Append(StringBuilder text, int? first, int last)
    {
        if (first is { } start)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "," : "")}{start}");
            text.Append(CultureInfo.InvariantCulture, $"{(last > start ? $"-{last}" : "")}");
        }
    }
}
