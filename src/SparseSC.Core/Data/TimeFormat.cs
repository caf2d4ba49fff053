using System.Globalization;

namespace SparseSC.Core.Data;

/// <summary>How texts of times are read: by what they look like, or by a format that was given.</summary>
/// <param name="Format">A format of .NET such as <c>dd/MM/yyyy</c> or <c>MMM yyyy</c>; <c>null</c> for none.</param>
/// <param name="Culture">The culture of names of months; <c>null</c> for English.</param>
internal sealed record TimeFormat(string? Format, string? Culture)
{
    // Tried, in this order, to say which format would read times that nothing else reads.
    private static readonly string[] Common =
    [
        "yyyy/M/d", "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "d-M-yyyy", "M-d-yyyy", "d/M/yy", "M/d/yy", "d.M.yy", "yyyy.M.d", "MMM yyyy", "MMMM yyyy",
        "MMM-yyyy", "MMM-yy", "MMM yy", "yyyy MMM", "yyyy-MMM", "yy-MMM", "yyyyMMM", "MMMyyyy", "d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy",
        "MMM d, yyyy", "MMMM d, yyyy", "d MMMM yyyy", "dMMMyyyy", "M/yyyy", "M-yyyy", "M.yyyy", "yyyy/M",
        "d/M/yyyy H:mm", "M/d/yyyy H:mm", "d.M.yyyy H:mm", "d/M/yyyy H:mm:ss", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd H:mm",
    ];

    private readonly CultureText _language = Culture is null ? CultureText.English : CultureText.Find(Culture);

    /// <summary>Texts are read by what they look like.</summary>
    public static TimeFormat None { get; } = new(null, null);

    /// <summary>Reads one text; where it is not of the format, an ISO 8601 date is taken all the same, as date objects turn into these.</summary>
    public CalendarTime? Parse(string text) => Format is null ? CalendarTime.Parse(text) : Exactly(text, Format) ?? CalendarTime.Parse(text);

    /// <summary>Common formats with a year that would read every one of the texts.</summary>
    public IReadOnlyList<string> Candidates(IEnumerable<string> texts)
    {
        List<string> left = [.. Common];
        foreach (string text in texts)
        {
            left.RemoveAll(format => Exactly(text, format) is null);
        }

        return left;
    }

    private CalendarTime? Exactly(string text, string format)
    {
        string trimmed = text.Trim();
        foreach (DateTimeFormatInfo months in _language.Months)
        {
            if (DateTime.TryParseExact(
                trimmed, format, months, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime date))
            {
                return new CalendarTime(date, HasDays(format) ? TimeSpanKind.Day : TimeSpanKind.Month);
            }
        }

        return null;
    }

    // One letter is a standard format of dates; a format without a day is one of months.
    private static bool HasDays(string format) => format.Length == 1 || format.Contains('d', StringComparison.Ordinal);
}
