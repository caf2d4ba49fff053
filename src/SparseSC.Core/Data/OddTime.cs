namespace SparseSC.Core.Data;

/// <summary>Finds a time that is no number (or date) among times that are.</summary>
/// <remarks>
/// One such text would turn the whole column into text: 10 would stand before 2, and what the user heard of would be a gap
/// somewhere else. Times that are text throughout, or mostly, are meant.
/// </remarks>
internal static class OddTime
{
    /// <summary>The first row whose time is unlike three quarters of the rows or more, and what theirs are; <c>null</c> when all is well.</summary>
    public static (PanelEntry Entry, string Others)? Find(IReadOnlyList<string> times, List<PanelEntry> entries)
    {
        bool[] isNumber = [.. times.Select(time => TimeAxis.Number(time) is not null)];
        bool[] isDate = [.. times.Select(time => TimeAxis.Date(time) is not null)];
        int numbers = entries.Count(entry => isNumber[entry.Time]);
        int dates = entries.Count(entry => isDate[entry.Time]);
        (int alike, bool[] isAlike, string others) = numbers >= dates ? (numbers, isNumber, "numbers") : (dates, isDate, "dates");
        return alike < entries.Count && alike >= entries.Count * 0.75
            ? (entries.Find(entry => !isAlike[entry.Time]), others)
            : null;
    }
}
