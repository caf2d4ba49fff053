using System.Globalization;

namespace SparseSC.Core.Data;

/// <summary>Orders times given as text: as numbers or as ISO 8601 dates when all of them are, otherwise as ordinal text.</summary>
internal sealed class TimeAxis
{
    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyy-MM", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private readonly Func<string, double?>? _value;
    private readonly double[] _values;

    private TimeAxis(string[] times, double[] values, int[] positions, Func<string, double?>? value)
    {
        Times = times;
        Positions = positions;
        _values = values;
        _value = value;
    }

    /// <summary>Distinct times, ascending, as first written.</summary>
    public string[] Times { get; }

    /// <summary>For each text given, its place in <see cref="Times"/>.</summary>
    public int[] Positions { get; }

    /// <summary>Orders distinct texts; two that say the same number or date are one time.</summary>
    public static TimeAxis Create(IReadOnlyList<string> texts)
    {
        Func<string, double?>? value = texts.All(text => Number(text) is not null) ? Number
            : texts.All(text => Date(text) is not null) ? Date
            : null;
        double[] keys = [.. texts.Select(text => value?.Invoke(text) ?? 0)];
        int[] order = [.. Enumerable.Range(0, texts.Count)];
        Array.Sort(order, (a, b) =>
        {
            int byValue = value is null ? string.CompareOrdinal(texts[a], texts[b]) : keys[a].CompareTo(keys[b]);
            return byValue != 0 ? byValue : a.CompareTo(b);
        });

        int[] positions = new int[texts.Count];
        List<int> firsts = [];
        foreach (int index in order)
        {
            if (value is null || firsts.Count == 0 || keys[firsts[^1]] != keys[index])
            {
                firsts.Add(index);
            }

            positions[index] = firsts.Count - 1;
        }

        double[] values = [.. firsts.Select((index, position) => value is null ? position : keys[index])];
        return new TimeAxis([.. firsts.Select(index => texts[index])], values, positions, value);
    }

    /// <summary>How far along the axis a time is: its number, its date in days, or its position when it is plain text.</summary>
    public double Value(int position) => _values[position];

    /// <summary>
    /// The first position at or after <paramref name="text"/>; <c>null</c> when the text is before the first or after the last time,
    /// is not a time of this kind, or (for plain text) is not one of the times.
    /// </summary>
    public int? Find(string text)
    {
        if (_value is null)
        {
            int exact = Array.IndexOf(Times, text);
            return exact < 0 ? null : exact;
        }

        if (_value(text) is not double wanted || wanted < _values[0] || wanted > _values[^1])
        {
            return null;
        }

        int found = Array.BinarySearch(_values, wanted);
        return found < 0 ? ~found : found;
    }

    /// <summary>The number a text says.</summary>
    internal static double? Number(string text) =>
        NumberText.TryParse(text, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>The date a text says, in days.</summary>
    internal static double? Date(string text) =>
        DateTime.TryParseExact(
            text.Trim(),
            DateFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime date)
            ? date.Ticks / (double)TimeSpan.TicksPerDay
            : null;
}
