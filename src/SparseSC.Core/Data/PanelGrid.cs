using System.Runtime.InteropServices;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Puts rows into N×T matrices and deals with the places that stay empty.</summary>
internal sealed class PanelGrid
{
    private readonly PanelOptions _options;
    private readonly string? _source;
    private readonly TimeAxis _axis;
    private readonly double[,] _outcome;
    private readonly double[][,] _covariateValues;

    // Row number by place, 0 where there is no row.
    private readonly int[,] _rows;

    public PanelGrid(PanelOptions options, string? source, string[] units, TimeAxis axis)
    {
        _options = options;
        _source = source;
        _axis = axis;
        Units = units;
        int times = axis.Times.Length;
        if ((long)units.Length * times > Array.MaxLength)
        {
            throw new InvalidInputException("MatrixTooLarge", $"{units.Length} units × {times} times are more than {Array.MaxLength:N0} outcomes.", "Panel");
        }

        _rows = new int[units.Length, times];
        _outcome = Missing(units.Length, times);
        _covariateValues = [.. options.Covariates.Select(_ => Missing(units.Length, times))];
    }

    public string[] Units { get; }

    /// <summary>Puts every row in its place.</summary>
    public void Fill(List<PanelEntry> entries, List<double> covariates)
    {
        int next = 0;
        foreach (PanelEntry entry in entries)
        {
            int time = _axis.Positions[entry.Time];
            if (_rows[entry.Unit, time] != 0)
            {
                throw Duplicate(entry, time);
            }

            _rows[entry.Unit, time] = entry.Row;
            _outcome[entry.Unit, time] = entry.Outcome;
            foreach (double[,] values in _covariateValues)
            {
                values[entry.Unit, time] = covariates[next++];
            }
        }
    }

    /// <summary>Closes the gaps as the options say and makes the panel.</summary>
    public Panel ToPanel(int?[] periods)
    {
        List<int> kept = [];
        int interpolated = 0;
        for (int unit = 0; unit < Units.Length; unit++)
        {
            int gap = FirstGap(unit);
            if (gap < 0)
            {
                kept.Add(unit);
            }
            else if (_options.Missing == MissingOutcome.Interpolate)
            {
                interpolated += Interpolate(unit);
                kept.Add(unit);
            }
            else if (_options.Missing == MissingOutcome.Error)
            {
                throw Gap(unit, gap, "Give {Missing} {Missing:Interpolate} or {Missing:DropUnit}, or complete the data.");
            }
            else if (periods[unit] is not null)
            {
                throw Gap(unit, gap, "The unit is treated and cannot be dropped: give {Missing} {Missing:Interpolate}, or complete the data.");
            }
        }

        if (kept.TrueForAll(unit => periods[unit] is not null))
        {
            throw new InvalidInputException(
                "NoCompleteUnit",
                $"Every untreated unit has gaps in outcome '{_options.Outcome}', so {{Missing}} {{Missing:DropUnit}} leaves no donor. Complete the data.",
                "Missing");
        }

        return new Panel
        {
            Units = [.. kept.Select(unit => Units[unit])],
            Times = _axis.Times,
            OutcomeName = _options.Outcome,
            Outcome = Select(_outcome, kept),
            CovariateNames = [.. _options.Covariates],
            Covariates = [.. _covariateValues.Select(values => Select(values, kept))],
            TreatmentPeriods = [.. kept.Select(unit => periods[unit])],
            DroppedUnits = [.. Enumerable.Range(0, Units.Length).Except(kept).Select(unit => Units[unit])],
            InterpolatedOutcomes = interpolated,
        };
    }

    private int FirstGap(int unit)
    {
        for (int time = 0; time < _axis.Times.Length; time++)
        {
            if (double.IsNaN(_outcome[unit, time]))
            {
                return time;
            }
        }

        return -1;
    }

    private int Interpolate(int unit)
    {
        int filled = 0;
        int known = -1;
        for (int time = 0; time < _axis.Times.Length; time++)
        {
            if (double.IsNaN(_outcome[unit, time]))
            {
                continue;
            }

            for (int gap = known + 1; gap < time; gap++)
            {
                if (known < 0)
                {
                    throw EndGap(unit, gap, "before");
                }

                double share = (_axis.Value(gap) - _axis.Value(known)) / (_axis.Value(time) - _axis.Value(known));
                _outcome[unit, gap] = _outcome[unit, known] + (share * (_outcome[unit, time] - _outcome[unit, known]));
                filled++;
            }

            known = time;
        }

        return known == _axis.Times.Length - 1 ? filled : throw EndGap(unit, known + 1, "after");
    }

    private InvalidInputException EndGap(int unit, int time, string side) =>
        Gap(unit, time, $"There is no value {side} it to interpolate from: give {{Missing}} {{Missing:DropUnit}}, or complete the data.");

    private InvalidInputException Gap(int unit, int time, string wayOut)
    {
        string place = _rows[unit, time] == 0
            ? _source is null ? "there is no such row" : $"{_source} has no such row"
            : PanelBuilder.Place(_source, _rows[unit, time]);
        return new InvalidInputException(
            "OutcomeMissing",
            $"Outcome '{_options.Outcome}' has no value for unit '{Units[unit]}' at time {_axis.Times[time]} ({place})."
                + $"{LookAlikes.Hint(Units[unit], Units)} {wayOut}",
            "Outcome");
    }

    private InvalidInputException Duplicate(PanelEntry entry, int time) => new(
        "DuplicateRow",
        $"Unit '{Units[entry.Unit]}' at time {_axis.Times[time]} stands twice ({PanelBuilder.Place(_source, entry.Row)}, and "
            + $"{PanelBuilder.ShortPlace(_source, _rows[entry.Unit, time])} before). Keep one row for each unit and time.",
        "Time");

    private static double[,] Missing(int units, int times)
    {
        double[,] values = new double[units, times];
        MemoryMarshal.CreateSpan(ref values[0, 0], values.Length).Fill(double.NaN);
        return values;
    }

    private static double[,] Select(double[,] values, List<int> units)
    {
        int times = values.GetLength(1);
        if (units.Count == values.GetLength(0))
        {
            return values;
        }

        double[,] selected = new double[units.Count, times];
        for (int row = 0; row < units.Count; row++)
        {
            Buffer.BlockCopy(values, units[row] * times * sizeof(double), selected, row * times * sizeof(double), times * sizeof(double));
        }

        return selected;
    }
}
