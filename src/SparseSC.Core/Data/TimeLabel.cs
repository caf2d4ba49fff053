using System.Globalization;

namespace SparseSC.Core.Data;

/// <summary>A time in words with one number in them, such as <c>Week 11</c> or <c>wave3</c>.</summary>
/// <param name="Before">The words before the number, in capitals.</param>
/// <param name="Number">The number.</param>
/// <param name="After">The words behind it, in capitals.</param>
internal readonly record struct TimeLabel(string Before, double Number, string After)
{
    /// <summary>Reads a text; <c>null</c> when it has no digits, more than one run of them, or nothing else.</summary>
    public static TimeLabel? Parse(string text)
    {
        int start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return null;
        }

        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        string before = Look(text[..start]);
        string after = Look(text[end..]);
        bool isOneRun = text.AsSpan(end).IndexOfAnyInRange('0', '9') < 0;
        return isOneRun && before.Length + after.Length > 0
            ? new TimeLabel(before, double.Parse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture), after)
            : null;
    }

    /// <summary>Whether two labels are of one kind: they say the same words.</summary>
    public bool IsLike(TimeLabel other) => Before == other.Before && After == other.After;

    private static string Look(string words) =>
        string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
