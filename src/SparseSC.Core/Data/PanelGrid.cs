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
    private int _aggregatedRows;

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
        _covariateValues = [.. options.ReadColumns.Select(_ => Missing(units.Length, times))];
    }

    public string[] Units { get; }

    /// <summary>Puts every row in its place.</summary>
    public void Fill(List<PanelEntry> entries, List<double> covariates)
    {
        int next = 0;
        RowAggregate aggregate = new(_options.Aggregate, _outcome, _covariateValues);
        foreach (PanelEntry entry in entries)
        {
            int time = _axis.Positions[entry.Time];
            if (_rows[entry.Unit, time] != 0)
            {
                if (_options.Aggregate == DuplicateRows.Error)
                {
                    throw Duplicate(entry, time, entries);
                }

                aggregate.Add(entry, time, CollectionsMarshal.AsSpan(covariates).Slice(next, _covariateValues.Length));
                next += _covariateValues.Length;
                continue;
            }

            _rows[entry.Unit, time] = entry.Row;
            _outcome[entry.Unit, time] = entry.Outcome;
            foreach (double[,] values in _covariateValues)
            {
                values[entry.Unit, time] = covariates[next++];
            }
        }

        aggregate.Finish();
        _aggregatedRows = aggregate.Rows;
    }

    /// <summary>Closes the gaps as the options say and makes the panel.</summary>
    public Panel ToPanel(TreatmentPlan treatment)
    {
        GapClosing closing = new(_outcome, treatment.Periods, treatment.LeftOut);
        GapOutcome outcome = closing.Close(_options.Missing);
        GapReport report = new(_options, _source, Units, _axis.Times, _rows, treatment.Periods, closing);
        if (closing.Gaps.Count > 0 && (outcome.Open.Count > 0 || !closing.HasDonor(outcome) || !closing.HasTimes(outcome)))
        {
            throw report.Error(outcome);
        }

        Interpolate(closing, outcome.Made);
        int[] units = [.. Enumerable.Range(0, Units.Length).Where(unit => !treatment.LeftOut[unit] && !outcome.DroppedUnits.Contains(unit))];
        int[] times = [.. Enumerable.Range(0, _axis.Times.Length).Where(time => !outcome.DroppedTimes.Contains(time))];
        double[,] kept = Select(_outcome, units, times);
        double[][,] covariates = [.. _covariateValues.Select(values => Select(values, units, times))];
        PredictorColumns predictors = new(_options, _axis, treatment);
        string[] names = [.. units.Select(unit => Units[unit])];
        return new Panel
        {
            Units = names,
            Times = [.. times.Select(time => _axis.Times[time])],
            OutcomeName = _options.Outcome,
            Outcome = kept,
            CovariateNames = [.. _options.Covariates, .. _options.Predictors.Select(predictor => predictor.ToString())],
            Covariates =
            [
                .. covariates[.._options.Covariates.Count],
                .. _options.Predictors.Select((predictor, k) => predictors.Make(k, Column(predictor.Name, kept, covariates), times, names)),
            ],
            AggregatedRows = _aggregatedRows,
            TreatmentPeriods = [.. units.Select(unit => Kept(treatment.Periods[unit], times))],
            UntreatedTargetStart = Kept(treatment.UntreatedStart, times),
            TimeFormat = _options.TimeFormat,
            Culture = _options.Culture,
            DroppedUnits = [.. Enumerable.Range(0, Units.Length).Except(units).Select(unit => Units[unit])],
            DroppedTimes = [.. outcome.DroppedTimes.Order().Select(time => _axis.Times[time])],
            InterpolatedOutcomes = outcome.Made.Count,
            Warnings = [.. treatment.Warnings, .. Aggregated(), .. report.Warnings(outcome)],
        };
    }

    private IEnumerable<string> Aggregated()
    {
        if (_aggregatedRows > 0)
        {
            yield return $"{{Aggregate}} {{Aggregate:{_options.Aggregate}}} took {_aggregatedRows} rows together with others of the same unit and time.";
        }
    }

    private double[,] Column(string name, double[,] outcome, double[][,] covariates) =>
        _options.ReadColumns.ToList().IndexOf(name) is >= 0 and int column ? covariates[column] : outcome;

    // Where the time itself is left out, the treatment is first seen at the next one.
    private static int? Kept(int? period, int[] times) => period is int start ? times.Count(time => time < start) : null;

    private void Interpolate(GapClosing closing, IReadOnlyList<(int Unit, int Time)> made)
    {
        double[] values = new double[made.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (int unit, int time) = made[i];
            (int before, int after) = closing.Neighbours(unit, time)!.Value;
            double share = (_axis.Value(time) - _axis.Value(before)) / (_axis.Value(after) - _axis.Value(before));
            values[i] = _outcome[unit, before] + (share * (_outcome[unit, after] - _outcome[unit, before]));
        }

        // Put in place at the end, so that no made value is taken for a known one.
        for (int i = 0; i < values.Length; i++)
        {
            _outcome[made[i].Unit, made[i].Time] = values[i];
        }
    }

    private InvalidInputException Duplicate(PanelEntry entry, int time, List<PanelEntry> entries)
    {
        int others = entries.Count - entries.Select(other => (other.Unit, _axis.Positions[other.Time])).Distinct().Count() - 1;
        string more = others == 0 ? "" : $", and so do {others} rows more";
        return new InvalidInputException(
            "DuplicateRow",
            $"Unit '{Units[entry.Unit]}' at time {_axis.Times[time]} stands twice ({PanelBuilder.Place(_source, entry.Row)}, and "
                + $"{PanelBuilder.ShortPlace(_source, _rows[entry.Unit, time])} before){more}. Keep one row for each unit and time, or give "
                + "{Aggregate} {Aggregate:Mean} or {Aggregate:Sum}.",
            "Time");
    }

    private static double[,] Missing(int units, int times)
    {
        double[,] values = new double[units, times];
        MemoryMarshal.CreateSpan(ref values[0, 0], values.Length).Fill(double.NaN);
        return values;
    }

    private static double[,] Select(double[,] values, int[] units, int[] times)
    {
        if (units.Length == values.GetLength(0) && times.Length == values.GetLength(1))
        {
            return values;
        }

        double[,] selected = new double[units.Length, times.Length];
        for (int row = 0; row < units.Length; row++)
        {
            for (int column = 0; column < times.Length; column++)
            {
                selected[row, column] = values[units[row], times[column]];
            }
        }

        return selected;
    }
}
