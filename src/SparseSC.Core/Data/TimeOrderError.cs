using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Says which time cannot be put in order, and the way out.</summary>
internal sealed class TimeOrderError(
    PanelOptions options, TimeFormat format, IReadOnlyList<string> times, IReadOnlyList<string> units, string? source)
{
    private const int MostFormats = 4;

    // Fewer times like one of them than this share are a mixture, not a slip of the pen.
    private const double NearlyAll = 0.75;

    /// <summary>The error about times whose order is not known.</summary>
    public InvalidInputException Error(List<PanelEntry> entries)
    {
        PanelEntry? found = null;
        string? others = null;
        if (format.Format is not null)
        {
            found = entries.Find(entry => format.Parse(times[entry.Time]) is null);
            return NotOfFormat(found.Value);
        }

        foreach ((string name, Func<string, bool> isAlike) in Kinds())
        {
            bool[] alike = [.. times.Select(isAlike)];
            int count = entries.Count(entry => alike[entry.Time]);
            if (count < entries.Count && count >= entries.Count * NearlyAll)
            {
                found = entries.Find(entry => !alike[entry.Time]);
                others = name;
                break;
            }
        }

        return found is { } odd ? Unlike(odd, others!) : Unknown(entries);
    }

    private IEnumerable<(string Name, Func<string, bool> IsAlike)> Kinds()
    {
        yield return ("numbers", text => TimeAxis.Number(text) is not null);
        yield return ("dates", text => format.Parse(text) is not null);
        foreach (TimeLabel label in times.Select(TimeLabel.Parse).OfType<TimeLabel>().Take(2))
        {
            string example = times.First(text => TimeLabel.Parse(text) == label);
            yield return ($"like '{example}'", text => TimeLabel.Parse(text) is { } other && other.IsLike(label));
        }
    }

    private InvalidInputException Unlike(PanelEntry odd, string others) => new(
        "TimeUnlikeOthers",
        $"{{Time}} '{options.Time}' is '{times[odd.Time]}' {Where(odd)}, but nearly all times are {others}. "
            + "Correct it, or leave the row out.",
        "Time");

    private InvalidInputException Unknown(List<PanelEntry> entries)
    {
        // What is a time by itself needs no format; the rest is what one must be found for.
        int odd = entries.FindIndex(entry => TimeAxis.Number(times[entry.Time]) is null && format.Parse(times[entry.Time]) is null);
        if (odd < 0)
        {
            return Mixed(entries);
        }

        PanelEntry first = entries[odd];
        IReadOnlyList<string> candidates = format.Candidates(times);
        string wayOut = candidates.Count == 0
            ? "Give {TimeFormat} (such as dd/MM/yyyy, M/d/yyyy or MMM yyyy, with {Culture} for names of months), "
                + "or number the times in order."
            : $"{{TimeFormat}} {Say(candidates)} would read all of them{(candidates.Count > 1 ? ": give the one that is meant" : "")}.";
        return new InvalidInputException(
            "TimeOrderUnknown",
            $"The order of the times in {{Time}} '{options.Time}' is not known, for example '{times[first.Time]}' {Where(first)}. "
                + "Numbers, ISO 8601 dates and times, 2020-11, 2002Q3, 2020-W09, 2019M09 and the same words with one number, "
                + $"such as 'Week 11', are put in order by themselves. {wayOut}",
            "TimeFormat");
    }

    // Each is a time by itself, but numbers and dates have no order among each other.
    private InvalidInputException Mixed(List<PanelEntry> entries)
    {
        PanelEntry number = entries.Find(entry => TimeAxis.Number(times[entry.Time]) is not null);
        PanelEntry date = entries.Find(entry => TimeAxis.Number(times[entry.Time]) is null);
        return new InvalidInputException(
            "TimeKindsMixed",
            $"{{Time}} '{options.Time}' holds numbers, such as '{times[number.Time]}' {Where(number)}, and dates, such as "
                + $"'{times[date.Time]}' {Where(date)}, which have no order among each other. Write all times in one way.",
            "Time");
    }

    private InvalidInputException NotOfFormat(PanelEntry odd)
    {
        IReadOnlyList<string> candidates = format.Candidates(times);
        string wayOut = candidates.Count == 0
            ? "A format is made of d or dd (day), M or MM (month), MMM or MMMM (its name, in the language of {Culture}), "
                + "yy or yyyy (year), H, mm and ss."
            : $"The format {Say(candidates)} would read all times.";
        return new InvalidInputException(
            "TimeFormatMismatch",
            $"{{Time}} '{options.Time}' is '{times[odd.Time]}' {Where(odd)}, "
                + $"which {{TimeFormat}} '{format.Format}' does not read. {wayOut}",
            "TimeFormat");
    }

    private string Where(PanelEntry entry) => $"for unit '{units[entry.Unit]}' ({PanelBuilder.Place(source, entry.Row)})";

    private static string Say(IReadOnlyList<string> formats) =>
        string.Join(" or ", formats.Take(MostFormats).Select(format => $"'{format}'"));
}
