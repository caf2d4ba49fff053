namespace SparseSC.Core.Data;

/// <summary>What the times of a panel are.</summary>
internal enum TimeScale
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Dates, times of day and weeks, in days.</summary>
    Day,

    /// <summary>Months, quarters and half years, in months.</summary>
    Month,

    /// <summary>Words with one number, by that number.</summary>
    Label,
}

/// <summary>Orders times given as text: numbers, times on the calendar, or words with one number.</summary>
/// <remarks>Text whose order is not known is never sorted letter by letter: that gives another effect without a word.</remarks>
internal sealed class TimeAxis
{
    private readonly TimeFormat _format;
    private readonly TimeLabel? _label;
    private readonly double[] _values;

    private TimeAxis(IReadOnlyList<string> texts, TimeFormat format, TimeScale scale, TimeLabel? label)
    {
        _format = format;
        _label = label;
        Scale = scale;
        double[] keys = [.. texts.Select(text => Read(text)!.Value)];
        int[] order = [.. Enumerable.Range(0, texts.Count)];
        Array.Sort(order, (a, b) => keys[a].CompareTo(keys[b]) is not 0 and int byValue ? byValue : a.CompareTo(b));
        Positions = new int[texts.Count];
        List<int> firsts = [];
        foreach (int index in order)
        {
            if (firsts.Count == 0 || keys[firsts[^1]] != keys[index])
            {
                firsts.Add(index);
            }

            Positions[index] = firsts.Count - 1;
        }

        Times = [.. firsts.Select(index => texts[index])];
        _values = [.. firsts.Select(index => keys[index])];
    }

    /// <summary>Distinct times, ascending, as first written.</summary>
    public string[] Times { get; }

    /// <summary>For each text given, its place in <see cref="Times"/>.</summary>
    public int[] Positions { get; }

    /// <summary>What the times are.</summary>
    public TimeScale Scale { get; }

    /// <summary>How far along the axis each time is: its number, days, or months.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Orders distinct texts; two that say the same are one time.</summary>
    /// <returns>The axis, or <c>null</c> when the order of the texts is not known.</returns>
    public static TimeAxis? TryCreate(IReadOnlyList<string> texts, TimeFormat format)
    {
        if (texts.Count == 0)
        {
            return null;
        }

        if (format.Format is null && texts.All(text => Number(text) is not null))
        {
            return new TimeAxis(texts, format, TimeScale.Number, null);
        }

        CalendarTime?[] calendar = [.. texts.Select(format.Parse)];
        if (Array.TrueForAll(calendar, time => time is not null))
        {
            bool isMonths = Array.TrueForAll(calendar, time => time!.Value.Span >= TimeSpanKind.Month);
            return new TimeAxis(texts, format, isMonths ? TimeScale.Month : TimeScale.Day, null);
        }

        return format.Format is null && TimeLabel.Parse(texts[0]) is { } label && texts.All(text => TimeLabel.Parse(text) is { } other && other.IsLike(label))
            ? new TimeAxis(texts, format, TimeScale.Label, label)
            : null;
    }

    /// <summary>Whether <paramref name="text"/> is one of the times, however it is written.</summary>
    public bool Has(string text) => Read(text) is double wanted && Array.BinarySearch(_values, wanted) >= 0;

    /// <summary>How far along the axis a time is: its number, days, or months.</summary>
    public double Value(int position) => _values[position];

    /// <summary>
    /// The first position at or after <paramref name="text"/>; <c>null</c> when the text is before the first or after the last time,
    /// or is not a time of this kind.
    /// </summary>
    public int? Find(string text)
    {
        if (Read(text) is not double wanted || wanted < _values[0] || wanted > _values[^1])
        {
            return null;
        }

        int found = Array.BinarySearch(_values, wanted);
        return found < 0 ? ~found : found;
    }

    /// <summary>
    /// The last position at or before <paramref name="text"/>; <c>null</c> when the text is before the first or after the last time, or is
    /// not a time of this kind.
    /// </summary>
    public int? FindLast(string text) => Find(text) is not int found ? null : _values[found] == Read(text) ? found : found - 1;

    /// <summary>Whether a text is a time of this kind that lies after the last one.</summary>
    public bool IsAfterEnd(string text) => Read(text) > _values[^1];

    /// <summary>Whether a text is a time of this kind that lies before the first one, or is the first one.</summary>
    public bool IsAtStart(string text) => Read(text) <= _values[0];

    /// <summary>The number a text says.</summary>
    internal static double? Number(string text) =>
        NumberText.TryParse(text, out double number) && double.IsFinite(number) ? number : null;

    private double? Read(string text) => Scale switch
    {
        TimeScale.Number => Number(text),
        TimeScale.Label => TimeLabel.Parse(text) is { } label ? label.IsLike(_label!.Value) ? label.Number : null : Number(text),
        TimeScale.Month => _format.Parse(text)?.InMonths,
        _ => _format.Parse(text)?.InDays,
    };
}
