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

    // A month by its name with a year of four digits says what it is; Nov-20 is how spreadsheets show a month. 20-Nov may be a day.
    private static readonly string[] Named =
    [
        "MMM yyyy", "MMMM yyyy", "MMM-yyyy", "MMMM-yyyy", "MMM/yyyy", "MMM, yyyy", "MMMM, yyyy", "MMMyyyy", "yyyy MMM", "yyyy MMMM", "yyyy-MMM",
        "yyyyMMM", "MMM-yy", "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "dMMMyyyy", "d. MMM yyyy", "d. MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy",
    ];

    private static readonly Dictionary<string, string[]> Numbered = new()
    {
        ["dmy"] = WithTimes(["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d/M/yy", "d.M.yy", "d-M-yy"]),
        ["mdy"] = WithTimes(["M/d/yyyy", "M.d.yyyy", "M-d-yyyy", "M/d/yy", "M.d.yy", "M-d-yy"]),
        ["ymd"] = WithTimes(["yyyy/M/d", "yyyy.M.d", "yyyy-M-d", "yyyy. M. d.", "yy/M/d", "yy.M.d", "yy-M-d"]),
    };

    private readonly CultureText _language = Culture is null ? CultureText.English : CultureText.Find(Culture);

    /// <summary>Texts are read by what they look like.</summary>
    public static TimeFormat None { get; } = new(null, null);

    /// <summary>
    /// Reads one text. Without a format: what is a time by itself, months by their names, and dates of numbers in the order of the culture
    /// where one was given. With a format an ISO 8601 date is taken all the same, as date objects turn into these.
    /// </summary>
    public CalendarTime? Parse(string text) => Format is not null ? Exactly(text, Format) ?? CalendarTime.Parse(text)
        : CalendarTime.Parse(text) ?? OneOf(text, Named) ?? (Culture is null ? null : OneOf(text, Numbered[_language.DateOrder]));

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

    private static string[] WithTimes(string[] dates) => [.. dates, .. dates.Take(3).SelectMany(date => new[] { $"{date} H:mm", $"{date} H:mm:ss" })];

    private CalendarTime? OneOf(string text, string[] formats)
    {
        foreach (string format in formats)
        {
            if (Exactly(text, format) is { } time)
            {
                return time;
            }
        }

        return null;
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

            if (!format.Contains("MMM", StringComparison.Ordinal))
            {
                break;
            }
        }

        return null;
    }

    // One letter is a standard format of dates; a format without a day is one of months.
    private static bool HasDays(string format) => format.Length == 1 || format.Contains('d', StringComparison.Ordinal);
}
