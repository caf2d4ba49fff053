using System.Globalization;

namespace SparseSC.Batch.Plan;

/// <summary>Whole numbers as text: <c>0-19,25</c>, as the worker's <c>--index</c> takes them, and as a sentence lists them.</summary>
internal static class IndexRanges
{
    // A sentence with more of them is not read to its end.
    private const int MostSaid = 5;

    /// <summary>The text of ascending indices, all of them.</summary>
    public static string Format(IEnumerable<int> ascending) => string.Join(',', Of(ascending).Select(Text));

    /// <summary>Ascending numbers for a sentence, of bounded length: <c>0-19, 25, 30-31 and 140 more</c>.</summary>
    public static string Say(IEnumerable<int> ascending)
    {
        (int First, int Last)[] ranges = [.. Of(ascending)];
        string said = string.Join(", ", ranges.Take(MostSaid).Select(Text));
        int more = ranges.Skip(MostSaid).Sum(range => range.Last - range.First + 1);
        return more == 0 ? said : string.Create(CultureInfo.InvariantCulture, $"{said} and {more} more");
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

    private static string Text((int First, int Last) range) => range.First == range.Last
        ? range.First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}");

    private static IEnumerable<(int First, int Last)> Of(IEnumerable<int> ascending)
    {
        (int First, int Last)? open = null;
        foreach (int index in ascending)
        {
            if (open is { } range && index == range.Last + 1)
            {
                open = (range.First, index);
                continue;
            }

            if (open is { } ended)
            {
                yield return ended;
            }

            open = (index, index);
        }

        if (open is { } final)
        {
            yield return final;
        }
    }
}
