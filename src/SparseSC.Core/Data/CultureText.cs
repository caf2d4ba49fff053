using System.Globalization;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>How a language writes numbers, dates and months.</summary>
/// <remarks>
/// The facts come with the library (Unicode CLDR, see eng/Cultures.ps1): the command line runs without tables of languages, and where there
/// are some, two machines can disagree about them.
/// </remarks>
internal sealed class CultureText
{
    private static readonly Lazy<Dictionary<string, CultureText>> Known = new(Load);

    private CultureText(string name, string decimalSeparator, string dateOrder, DateTimeFormatInfo[] months)
    {
        Name = name;
        Decimal = decimalSeparator[0];
        DateOrder = dateOrder;
        Months = months;
    }

    /// <summary>The name, such as <c>de</c> or <c>de-CH</c>.</summary>
    public string Name { get; }

    /// <summary>What stands before the fraction of a number.</summary>
    public char Decimal { get; }

    /// <summary>The order of day, month and year in a date of numbers: <c>dmy</c>, <c>mdy</c> or <c>ymd</c>.</summary>
    public string DateOrder { get; }

    /// <summary>Formats to read dates by: names of months as they stand alone and as in a date, each with and without the stops of abbreviations.</summary>
    public IReadOnlyList<DateTimeFormatInfo> Months { get; }

    /// <summary>English names, for dates without a culture.</summary>
    public static CultureText English => Known.Value["en"];

    /// <summary>The culture of a name; a region that has nothing of its own is its language.</summary>
    /// <exception cref="InvalidInputException">The language is not known.</exception>
    public static CultureText Find(string name)
    {
        string wanted = name.Trim().Replace('_', '-');
        string language = wanted.Split('-')[0];
        if (Known.Value.TryGetValue(wanted, out CultureText? culture) || Known.Value.TryGetValue(language, out culture)
            || (language.Equals("no", StringComparison.OrdinalIgnoreCase) && Known.Value.TryGetValue("nb", out culture)))
        {
            return culture;
        }

        throw new InvalidInputException(
            "CultureUnknown",
            $"{{Culture}} '{name}' is not known. Give a language or a language with a region, such as en-US, de-DE or fr; the languages are "
                + $"{string.Join(", ", Known.Value.Keys.Where(known => !known.Contains('-', StringComparison.Ordinal)))}.",
            "Culture");
    }

    private static Dictionary<string, CultureText> Load()
    {
        Dictionary<string, CultureText> cultures = new(StringComparer.OrdinalIgnoreCase);
        using Stream stream = typeof(CultureText).Assembly.GetManifestResourceStream("cultures.tsv")!;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split('\t');
            DateTimeFormatInfo[] months = cells.Length > 4
                ? [Format(cells[4], cells[5], false), Format(cells[6], cells[7], false), Format(cells[4], cells[5], true), Format(cells[6], cells[7], true)]
                : [.. cultures[cells[0].Split('-')[0]].Months];
            cultures.Add(cells[0], new CultureText(cells[0], cells[1], cells[3], months));
        }

        return cultures;
    }

    private static DateTimeFormatInfo Format(string shortNames, string longNames, bool withoutStops)
    {
        string[] shorter = Names(withoutStops ? shortNames.Replace(".", "", StringComparison.Ordinal) : shortNames);
        string[] longer = Names(longNames);
        return new DateTimeFormatInfo
        {
            AbbreviatedMonthNames = shorter,
            AbbreviatedMonthGenitiveNames = shorter,
            MonthNames = longer,
            MonthGenitiveNames = longer,
        };
    }

    // The framework keeps a place for a thirteenth month.
    private static string[] Names(string list) => [.. list.Split(','), ""];
}
