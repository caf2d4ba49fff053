using System.Globalization;
using System.Text;

namespace SparseSC.Core.Data;

/// <summary>Reads numbers from text, always in the invariant culture.</summary>
public static class NumberText
{
    // What R, pandas, Stata, Excel and databases write where a value is absent.
    private static readonly string[] MissingWords = ["NA", "N/A", "NaN", "null", "none", ".", "-", "#N/A"];

    /// <summary>Reads a number; text such as <c>NaN</c> and <c>Infinity</c> counts as one, so callers check that it is finite.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out double value) =>
        double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a number; text such as <c>NaN</c> and <c>Infinity</c> counts as one, so callers check that it is finite.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Whether a cell says that its value is absent: blank, <c>NA</c>, <c>NaN</c>, <c>null</c> and the like.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            return true;
        }

        foreach (string word in MissingWords)
        {
            if (trimmed.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a cell says infinity in one of the spellings in use.</summary>
    public static bool IsInfinity(ReadOnlySpan<byte> utf8)
    {
        return utf8.Length <= 16 && IsInfinity(Encoding.UTF8.GetString(utf8).AsSpan());
    }

    /// <summary>Whether a cell says infinity in one of the spellings in use.</summary>
    public static bool IsInfinity(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> word = text.Trim().TrimStart("+-");
        return word.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || word.Equals("infinity", StringComparison.OrdinalIgnoreCase)
            || word is "∞";
    }

    /// <summary>The same for UTF-8 text.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> utf8) => utf8.Length <= 16 && IsMissing(Encoding.UTF8.GetString(utf8).AsSpan());
}
