using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseSC.Core.Data;

/// <summary>How long a time on the calendar is, from the shortest.</summary>
internal enum TimeSpanKind
{
    /// <summary>A date, with or without a time of day.</summary>
    Day,

    /// <summary>A week of ISO 8601, from its Monday.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A quarter.</summary>
    Quarter,

    /// <summary>Half a year.</summary>
    Half,
}

/// <summary>A time on the calendar: when it starts and how long it is.</summary>
/// <param name="Start">Its first moment.</param>
/// <param name="Span">How long it is.</param>
internal readonly partial record struct CalendarTime(DateTime Start, TimeSpanKind Span)
{
    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Months from the year 0, days into a month as a part of it.</summary>
    public double InMonths =>
        (Start.Year * 12) + Start.Month - 1 + ((Start.Day - 1 + Start.TimeOfDay.TotalDays) / DateTime.DaysInMonth(Start.Year, Start.Month));

    /// <summary>Days from the year 1.</summary>
    public double InDays => Start.Ticks / (double)TimeSpan.TicksPerDay;

    /// <summary>
    /// Reads ISO 8601 dates and times, <c>2020-11</c> and <c>2020M11</c>, <c>2002Q3</c> and <c>Q3 2002</c>, <c>2020-W09</c>, <c>2020H1</c>;
    /// <c>null</c> for anything else.
    /// </summary>
    public static CalendarTime? Parse(string text)
    {
        string trimmed = text.Trim();
        if (DateTime.TryParseExact(
            trimmed, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime date))
        {
            return new CalendarTime(date, TimeSpanKind.Day);
        }

        Match match = YearFirst().Match(trimmed) is { Success: true } first ? first : YearLast().Match(trimmed);
        if (!match.Success)
        {
            return null;
        }

        int year = int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        int part = int.Parse(match.Groups["part"].Value, CultureInfo.InvariantCulture);
        char letter = match.Groups["letter"].Value is { Length: > 0 } found ? char.ToUpperInvariant(found[0]) : 'M';
        return year == 0 || part == 0
            ? null
            : letter switch
            {
                'M' when part <= 12 => Of(year, part, TimeSpanKind.Month),
                'Q' when part <= 4 => Of(year, (part * 3) - 2, TimeSpanKind.Quarter),
                'H' or 'S' when part <= 2 => Of(year, (part * 6) - 5, TimeSpanKind.Half),
                'W' when part <= ISOWeek.GetWeeksInYear(year) => new CalendarTime(ISOWeek.ToDateTime(year, part, DayOfWeek.Monday), TimeSpanKind.Week),
                _ => null,
            };

        static CalendarTime Of(int year, int month, TimeSpanKind span) => new(new DateTime(year, month, 1), span);
    }

    // 2020-11 is a month; without a letter the two digits and the hyphen are ISO 8601's.
    [GeneratedRegex(@"^(?<year>[0-9]{4})(?:-(?<part>[0-9]{2})|[- ]?(?<letter>[MQHSW])[- ]?(?<part>[0-9]{1,2}))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<letter>[QH])(?<part>[0-9])[- /]?(?<year>[0-9]{4})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YearLast();
}
