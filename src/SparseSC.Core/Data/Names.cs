using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Finds names, and says what was probably meant when one is not there.</summary>
public static class Names
{
    private const int MostListed = 12;
    private const int MostNear = 3;

    /// <summary>The place of column <paramref name="name"/> in <paramref name="columns"/>.</summary>
    /// <param name="columns">The columns there are.</param>
    /// <param name="name">The column wanted.</param>
    /// <param name="parameterName">The option that wants it, for errors.</param>
    /// <exception cref="InvalidInputException">There is no such column.</exception>
    public static int RequireColumn(IReadOnlyList<string> columns, string name, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(columns);
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i] == name)
            {
                return i;
            }
        }

        throw new InvalidInputException(
            "UnknownColumn",
            $"{{{parameterName}}}: there is no column '{name}'{Suggestion(name, columns, "The columns are")}",
            parameterName);
    }

    /// <summary>The end of a sentence that says a name is unknown, such as <c>; did you mean 'Ohio'?</c>; <c>null</c> when nothing is near.</summary>
    public static string? DidYouMean(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] near = [.. Near(name, known)];
        return near.Length == 0 ? null : $"; did you mean {string.Join(" or ", near.Select(candidate => Say(candidate, name)))}?";
    }

    /// <summary>The same, but with the names there are when nothing is near.</summary>
    internal static string Suggestion(string name, IReadOnlyCollection<string> known, string listing)
    {
        string more = known.Count > MostListed ? $" and {known.Count - MostListed} more" : "";
        return DidYouMean(name, known) ?? $". {listing} {string.Join(", ", known.Take(MostListed))}{more}.";
    }

    // Printed, the two are one text.
    private static string Say(string candidate, string name) =>
        LookAlikes.LooksTheSame(candidate, name) ? $"'{candidate}', which looks the same and has a letter coded in another way" : $"'{candidate}'";

    private static IEnumerable<string> Near(string name, IEnumerable<string> known)
    {
        (string Name, int Distance)[] near =
        [
            .. known
                .Select(candidate => (candidate, Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
                .Where(pair => LookAlikes.LooksTheSame(pair.candidate, name) || pair.Item2 <= Math.Max(1, Math.Min(name.Length, pair.candidate.Length) / 3)
                    || (name.Length >= 4 && pair.candidate.Contains(name, StringComparison.OrdinalIgnoreCase))),
        ];
        return near.Where(pair => pair.Distance == near.Min(other => other.Distance)).Take(MostNear).Select(pair => pair.Name);
    }

    // Levenshtein's distance, where two neighbours that changed places are one slip of the fingers and not two.
    private static int Distance(string a, string b)
    {
        int[] before = [];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last) = (last, row);
        }

        return last[^1];
    }
}
