using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Which unit of a panel is treated from which time on.</summary>
/// <param name="Periods">Per unit the position of its first treated time; <c>null</c> for never.</param>
/// <param name="LeftOut">Units that are treated from the start.</param>
/// <param name="UntreatedStart">Where the targets of a panel without treated units start.</param>
/// <param name="Warnings">What was taken otherwise than it was written.</param>
internal sealed record TreatmentPlan(int?[] Periods, bool[] LeftOut, int? UntreatedStart, IReadOnlyList<string> Warnings);

/// <summary>Finds out which unit is treated from which time on.</summary>
internal sealed class PanelTreatment(PanelOptions options, string? source, string[] units, TimeAxis axis)
{
    private const int MostNamed = 10;

    private readonly int?[] _periods = new int?[units.Length];
    private readonly bool[] _leftOut = new bool[units.Length];
    private readonly List<string> _warnings = [];

    private string First => axis.Times[0];

    private string Last => axis.Times[^1];

    private string ColumnOption => options.Treatment is null ? "TreatmentTimeColumn" : "Treatment";

    /// <summary>What the options and the column say.</summary>
    public TreatmentPlan Resolve(TreatmentColumn column, List<PanelEntry> entries)
    {
        if (column.Flags is { } flags)
        {
            FromFlags(flags, entries, column.WasMisnamed);
        }
        else if (options.TreatmentTimeColumn is not null)
        {
            FromTimes(column.Times);
        }
        else
        {
            FromNames();
        }

        bool isColumn = options.TreatmentTimeColumn is not null || options.Treatment is not null;
        if (Array.IndexOf(_leftOut, true) >= 0)
        {
            SayLeftOut();
        }

        return Enumerable.Range(0, units.Length).Any(unit => _periods[unit] is null && !_leftOut[unit])
            ? new TreatmentPlan(_periods, _leftOut, UntreatedStart(), _warnings)
            : throw new InvalidInputException(
                "AllUnitsTreated",
                $"All {units.Length} units are treated; at least one unit must stay untreated to be a donor.",
                isColumn ? ColumnOption : "TreatedUnit");
    }

    private int? UntreatedStart() =>
        options.TreatedUnits.Count == 0 && !string.IsNullOrWhiteSpace(options.TreatmentTime) ? Period(options.TreatmentTime) : null;

    private void FromNames()
    {
        foreach (string name in options.TreatedUnits)
        {
            int unit = Array.IndexOf(units, name);
            if (unit < 0)
            {
                string suggestion = Names.Suggestion(name, units, "The units are");
                throw new InvalidInputException("UnknownUnit", $"{{TreatedUnit}}: there is no unit '{name}'{suggestion}", "TreatedUnit");
            }

            _periods[unit] = Period(options.TreatmentTime!);
        }
    }

    private void FromTimes(IReadOnlyDictionary<int, (string Time, int Row)> times)
    {
        bool zeroIsTime = axis.Scale == TimeScale.Number && axis.Value(0) <= 0 && axis.Values[^1] >= 0;
        List<string> late = [];
        List<string> between = [];
        foreach ((int unit, (string time, int row)) in times)
        {
            if (time.Length == 0 || (!zeroIsTime && TimeAxis.Number(time) == 0))
            {
                continue;
            }

            if (axis.IsAfterEnd(time))
            {
                late.Add($"{units[unit]} from {time}");
            }
            else if (axis.IsAtStart(time))
            {
                _leftOut[unit] = true;
            }
            else
            {
                int period = axis.Find(time) ?? throw Outside(
                    "TreatmentTimeColumn", time, $" for unit '{units[unit]}' ({PanelBuilder.Place(source, row)})", " Leave it empty for a unit that is never treated.");
                _periods[unit] = period;
                if (!axis.Has(time))
                {
                    between.Add($"{units[unit]} from {time} (counts from {axis.Times[period]})");
                }
            }
        }

        if (between.Count > 0)
        {
            _warnings.Add($"Treated from a time between two of the panel's, which counts from the next one on: {Few(between)}.");
        }

        if (late.Count > 0)
        {
            _warnings.Add($"Treated after the panel's end ({Last}) and taken as never treated: {Few(late)}.");
        }
    }

    private void FromFlags(IReadOnlyList<bool> flags, List<PanelEntry> entries, bool wasMisnamed)
    {
        if (wasMisnamed)
        {
            _warnings.Add($"{{TreatmentTimeColumn}} '{options.TreatmentTimeColumn}' says 0 or 1 of every time and was read as {{Treatment}}.");
        }

        for (int i = 0; i < entries.Count; i++)
        {
            int time = axis.Positions[entries[i].Time];
            if (flags[i] && !(_periods[entries[i].Unit] <= time))
            {
                _periods[entries[i].Unit] = time;
            }
        }

        for (int i = 0; i < entries.Count; i++)
        {
            PanelEntry entry = entries[i];
            if (!flags[i] && _periods[entry.Unit] == axis.Positions[entry.Time])
            {
                throw new InvalidInputException(
                    "TreatmentContradicts",
                    $"{{{ColumnOption}}} '{options.Treatment ?? options.TreatmentTimeColumn}' says both 0 and 1 of unit '{units[entry.Unit]}' at "
                        + $"{axis.Times[axis.Positions[entry.Time]]} ({PanelBuilder.Place(source, entry.Row)}). Correct one of the rows.",
                    ColumnOption);
            }

            if (!flags[i] && _periods[entry.Unit] < axis.Positions[entry.Time])
            {
                throw new InvalidInputException(
                    "TreatmentEnds",
                    $"{{{ColumnOption}}} '{options.Treatment ?? options.TreatmentTimeColumn}' says that unit '{units[entry.Unit]}' is treated from "
                        + $"{axis.Times[_periods[entry.Unit]!.Value]} and no longer at {axis.Times[axis.Positions[entry.Time]]} ({PanelBuilder.Place(source, entry.Row)}). "
                        + "A treatment is estimated from its first time on: leave the times after its end out, or the unit.",
                    ColumnOption);
            }
        }

        for (int unit = 0; unit < units.Length; unit++)
        {
            if (_periods[unit] == 0)
            {
                _leftOut[unit] = true;
                _periods[unit] = null;
            }
        }
    }

    private void SayLeftOut()
    {
        string[] names = [.. units.Where((_, unit) => _leftOut[unit])];
        if (Array.TrueForAll(_periods, period => period is null))
        {
            string verb = names.Length == 1 ? "is" : "are";
            string hint = options.Treatment is null ? "" : " A column that says who is treated but not when is no such column: give {TreatedUnit} and {TreatmentTime}.";
            throw new InvalidInputException(
                "NoPrePeriod",
                $"{{{ColumnOption}}} '{options.Treatment ?? options.TreatmentTimeColumn}': {Few(names)} {verb} treated from the start of the panel ({First}) on, "
                    + $"which leaves no time before the treatment to match on, and no other unit is treated.{hint}",
                ColumnOption);
        }

        _warnings.Add($"Treated from the start of the panel ({First}) on, with no time before to match on, and left out: {Few(names)}.");
    }

    private int Period(string time)
    {
        int period = axis.Find(time) ?? throw Outside("TreatmentTime", time, "", "");
        string next = $"{{TreatmentTime}} {time} lies between two times of the panel and counts from the next one on, {axis.Times[period]}.";
        if (!axis.Has(time) && !_warnings.Contains(next))
        {
            _warnings.Add(next);
        }

        return period > 0
            ? period
            : throw new InvalidInputException(
                "NoPrePeriod",
                $"{{TreatmentTime}} {time} is the first time of the panel, which leaves no time before the treatment to match on.",
                "TreatmentTime");
    }

    private InvalidInputException Outside(string parameterName, string time, string where, string advice) => new(
        "TreatmentTimeOutsidePanel",
        $"{{{parameterName}}} {time}{where} is not among the panel's times, which go from {First} to {Last}.{advice}",
        parameterName);

    private static string Few(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
