using System.Buffers;
using System.Globalization;

namespace SparseSC.Core.Data;

/// <summary>Reads numbers as a culture writes them: <c>1,234.56</c>, <c>1.234,56</c>, <c>1 234,56</c>.</summary>
/// <remarks>
/// Strict about groups: what separates them is one character throughout and three digits follow each, so that a number of another culture is
/// refused and not read as a thousand times another.
/// </remarks>
internal static class CultureNumber
{
    private const int GroupLength = 3;

    // Besides what a culture prefers, people write what is at hand; it must only not be the decimal separator.
    private static readonly SearchValues<char> Separators = SearchValues.Create(".,'’ \u00A0\u2009\u202F");

    /// <summary>Reads a number; <c>false</c> when the text is none of the culture.</summary>
    public static bool TryParse(string text, CultureText culture, out double value)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        int end = trimmed.IndexOfAny('e', 'E');
        ReadOnlySpan<char> exponent = end < 0 ? [] : trimmed[end..];
        ReadOnlySpan<char> mantissa = end < 0 ? trimmed : trimmed[..end];
        int point = mantissa.IndexOf(culture.Decimal);
        ReadOnlySpan<char> fraction = point < 0 ? [] : mantissa[(point + 1)..];
        ReadOnlySpan<char> whole = point < 0 ? mantissa : mantissa[..point];
        string sign = whole.StartsWith("-") || whole.StartsWith("−") ? "-" : "";
        whole = sign.Length > 0 || whole.StartsWith("+") ? whole[1..] : whole;
        value = double.NaN;
        return AreDigits(fraction) && TryUngroup(whole, culture.Decimal, out string digits) && (digits.Length > 0 || fraction.Length > 0)
            && double.TryParse($"{sign}{digits}.{fraction}{exponent}", NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    private static bool TryUngroup(ReadOnlySpan<char> whole, char point, out string digits)
    {
        digits = whole.ToString();
        int first = whole.IndexOfAny(Separators);
        if (first < 0)
        {
            return AreDigits(whole);
        }

        char separator = whole[first];
        string[] groups = digits.Split(separator);
        digits = string.Concat(groups);
        return separator != point && groups[0].Length is > 0 and <= GroupLength && groups.Skip(1).All(group => group.Length == GroupLength) && AreDigits(digits);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
