using System.Globalization;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Lists of zero-based rows as people type them: <c>0,1,4-7</c>.</summary>
public static class UnitList
{
    /// <summary>Parses <paramref name="text"/> into rows, in the order given.</summary>
    /// <param name="text">Numbers and ranges (ends included), separated by commas.</param>
    /// <param name="count">The number of rows there are.</param>
    /// <param name="parameterName">The option, for errors.</param>
    /// <param name="noun">What the numbers count, for errors.</param>
    /// <exception cref="InvalidInputException">Something is not a row, out of range, or named twice.</exception>
    public static int[] Parse(string text, int count, string parameterName, string noun = "row")
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> rows = [];
        HashSet<int> seen = [];
        foreach (string part in text.Split(','))
        {
            (int first, int last) = ParsePart(part.Trim(), text, parameterName, noun);
            if (last >= count)
            {
                throw new InvalidInputException(
                    "UnitOutOfRange",
                    $"{{{parameterName}}} {text}: there is no {noun} {last}; the {count} {noun}s are numbered from 0 to {count - 1}.",
                    parameterName);
            }

            for (int row = first; row <= last; row++)
            {
                if (!seen.Add(row))
                {
                    throw new InvalidInputException("UnitNamedTwice", $"{{{parameterName}}} {text}: {noun} {row} is named twice.", parameterName);
                }

                rows.Add(row);
            }
        }

        return [.. rows];
    }

    private static (int First, int Last) ParsePart(string part, string text, string parameterName, string noun)
    {
        int dash = part.IndexOf('-', StringComparison.Ordinal);
        ReadOnlySpan<char> low = dash < 0 ? part : part.AsSpan(0, dash);
        ReadOnlySpan<char> high = dash < 0 ? part : part.AsSpan(dash + 1);
        bool valid = int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            & int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out int last);
        return valid && first <= last
            ? (first, last)
            : throw new InvalidInputException(
                "UnitListMalformed",
                $"{{{parameterName}}} {text}: '{part}' is neither a {noun} number from 0 nor a range such as 4-7.",
                parameterName);
    }
}
