using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Collects what the column of the treatment says row by row: each unit's first treated time, or 0 and 1 for every time.</summary>
internal sealed class TreatmentColumn(PanelOptions options, string? source)
{
    // null once a row said something else.
    private List<bool>? _flags = [];
    private readonly Dictionary<int, (string Time, int Row)> _times = [];
    private InvalidInputException? _conflict;

    /// <summary>Each unit's first treated time as written, blank for never, and the row that said so.</summary>
    public IReadOnlyDictionary<int, (string Time, int Row)> Times => _conflict is null ? _times : throw _conflict;

    /// <summary>Per row whether its unit is treated at its time; <c>null</c> when the column holds first treated times.</summary>
    public IReadOnlyList<bool>? Flags => options.Treatment is not null || _conflict is not null ? _flags : null;

    /// <summary>Whether a column of first treated times turned out to say 0 and 1 of every time.</summary>
    public bool WasMisnamed => options.Treatment is null && Flags is not null;

    /// <summary>Takes a row's cell.</summary>
    public void Add(int unitIndex, string unit, string text, int row)
    {
        bool? flag = Flag(text);
        if (options.Treatment is not null)
        {
            _flags!.Add(flag ?? throw NoFlag(unit, text, row));
            return;
        }

        if (flag is bool known)
        {
            _flags?.Add(known);
        }
        else
        {
            _flags = null;
        }

        AddTime(unitIndex, unit, IsNever(text) ? "" : text, row);
        if (_conflict is not null && _flags is null)
        {
            throw _conflict;
        }
    }

    private void AddTime(int unitIndex, string unit, string time, int row)
    {
        if (_times.TryAdd(unitIndex, (time, row)) || _times[unitIndex].Time == time || _conflict is not null)
        {
            return;
        }

        (string earlier, int earlierRow) = _times[unitIndex];
        _conflict = new InvalidInputException(
            "TreatmentTimeVaries",
            $"{{TreatmentTimeColumn}} '{options.TreatmentTimeColumn}' says {Say(time)} for unit '{unit}' ({PanelBuilder.Place(source, row)}) but {Say(earlier)} "
                + $"before ({PanelBuilder.ShortPlace(source, earlierRow)}). Every row of a unit must carry its one first treated time; "
                + "a column that says 0 or 1 of every time is given as {Treatment}.",
            "TreatmentTimeColumn");

        static string Say(string time) => time.Length == 0 ? "never" : time;
    }

    private InvalidInputException NoFlag(string unit, string text, int row) => new(
        "TreatmentNotBinary",
        $"{{Treatment}} '{options.Treatment}' is '{text}' for unit '{unit}' ({PanelBuilder.Place(source, row)}); it must be 1 where the unit is treated and 0 where it is not. "
            + "A column of first treated times is given as {TreatmentTimeColumn}.",
        "Treatment");

    private static bool? Flag(string text) => text switch
    {
        _ when NumberText.TryParse(text, out double number) => number == 1 ? true : number == 0 ? false : null,
        _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    private static bool IsNever(string text) => NumberText.IsMissing(text) || NumberText.IsInfinity(text) || text.Equals("never", StringComparison.OrdinalIgnoreCase);
}
