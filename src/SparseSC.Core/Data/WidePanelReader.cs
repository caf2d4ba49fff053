using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>
/// Reads a panel in wide form: a row for each unit with a column for each time, or, when the options name the column of the time, a row for
/// each time with a column for each unit.
/// </summary>
internal sealed class WidePanelReader
{
    private const string DefaultOutcome = "outcome";
    private const int MostNamed = 5;

    private readonly PanelOptions _options;
    private readonly CsvTable _table;
    private readonly PanelBuilder _builder;
    private readonly int _nameColumn;
    private readonly int _treatmentColumn = -1;
    private readonly int[] _covariateColumns;
    private readonly int[] _valueColumns;

    /// <param name="table">The file, its header read.</param>
    /// <param name="options">As they were given.</param>
    /// <param name="source">How messages call the file.</param>
    public WidePanelReader(CsvTable table, PanelOptions options, string source)
    {
        _table = table;
        Check(options);
        IReadOnlyList<string> columns = table.ColumnNames;
        IsByTime = options.Time.Length > 0;
        _nameColumn = IsByTime ? Names.RequireColumn(columns, options.Time, "Time")
            : options.Unit.Length > 0 ? Names.RequireColumn(columns, options.Unit, "Unit")
            : FirstNamed(table);
        _options = options.Copy();
        _options.Unit = IsByTime ? "the columns" : columns[_nameColumn].Length > 0 ? columns[_nameColumn] : "the first column";
        _options.Time = IsByTime ? options.Time : "the columns";
        _options.Outcome = options.Outcome.Length > 0 ? options.Outcome : DefaultOutcome;
        _builder = new PanelBuilder(_options, source);
        if (options.TreatmentTimeColumn is { } starts)
        {
            _treatmentColumn = Names.RequireColumn(columns, starts, "TreatmentTimeColumn");
        }

        _covariateColumns = [.. _builder.Columns.Select(name => Names.RequireColumn(columns, name, options.Covariates.Contains(name) ? "Covariates" : "Predictors"))];
        _valueColumns = [.. Enumerable.Range(0, columns.Count).Where(column => IsValue(column, columns))];
        if (!IsByTime)
        {
            RequireTimes(columns);
        }
    }

    private bool IsByTime { get; }

    /// <summary>Reads the rows.</summary>
    public Panel Read()
    {
        double?[] covariates = new double?[_covariateColumns.Length];
        while (_table.Read())
        {
            string name = _table.Text(_nameColumn);
            if (!IsByTime && _builder.Excludes(name))
            {
                continue;
            }

            for (int i = 0; i < covariates.Length; i++)
            {
                covariates[i] = _builder.ReadCovariate(_table.Text(_covariateColumns[i]), i, name, "all times", _table.Line);
            }

            string? treatment = _treatmentColumn < 0 ? null : _table.Text(_treatmentColumn);
            foreach (int column in _valueColumns)
            {
                string header = _table.ColumnNames[column];
                (string unit, string time) = IsByTime ? (header, name) : (name, header);
                if (!IsByTime || !_builder.Excludes(unit))
                {
                    _builder.Add(
                        unit,
                        time,
                        _builder.ReadOutcome(_table.Text(column), unit, time, _table.Line),
                        covariates,
                        treatment,
                        _table.Line);
                }
            }
        }

        return _builder.Build();
    }

    private static void Check(PanelOptions options)
    {
        if (options.Unit.Length > 0 && options.Time.Length > 0)
        {
            throw new InvalidInputException(
                "WideAmbiguous",
                "{Wide} takes {Unit}, the column of the unit, where a row is a unit, or {Time}, the column of the time, where a row is "
                    + "a time; not both.",
                "Wide");
        }

        string? unusable = options.Treatment is not null ? "Treatment"
            : options.Time.Length == 0 ? null
            : options.TreatmentTimeColumn is not null ? "TreatmentTimeColumn"
            : options.Covariates.Count > 0 ? "Covariates"
            : null;
        if (unusable is not null)
        {
            throw new InvalidInputException(
                "WideOptionUnused",
                $"{{{unusable}}} names a column, but with {{Wide}} "
                    + $"{(options.Time.Length > 0 ? "a row is a time and its columns are units" : "the columns are times")}. "
                    + "Give {TreatedUnit} and {TreatmentTime}, or the file in long form.",
                unusable);
        }
    }

    // The column of names comes first, unless R wrote the numbers of its rows before it.
    private static int FirstNamed(CsvTable table) =>
        table.ColumnNames.Count > 2 && table.ColumnNames[0].Length == 0 && table.FirstRecordIsNumbered ? 1 : 0;

    private bool IsValue(int column, IReadOnlyList<string> columns) =>
        column != _nameColumn && column != _treatmentColumn && !_covariateColumns.Contains(column)
            && !(columns[column].Length == 0 && column == 0 && _table.FirstRecordIsNumbered);

    // A column that is no time among others that are is something else, and not a reason to ask for another format.
    private void RequireTimes(IReadOnlyList<string> columns)
    {
        TimeFormat format = new(_options.TimeFormat, _options.Culture);
        string[] headers = [.. _valueColumns.Select(column => columns[column])];
        string[] others = [.. headers.Where(header => TimeAxis.TryCreate([header], format) is null)];
        if (headers.Length == 0 || (others.Length > 0 && others.Length < headers.Length))
        {
            throw new InvalidInputException(
                "WideColumnNotATime",
                headers.Length == 0
                    ? "{Wide}: the file has no columns of times."
                    : $"{{Wide}}: the columns are times, but {string.Join(", ", others.Take(MostNamed).Select(other => $"'{other}'"))} "
                        + $"{(others.Length == 1 ? "is none" : "are none")}. Name such columns in {{Covariates}} or "
                        + $"{{TreatmentTimeColumn}}, or take them out of the file; "
                        + "{TimeFormat} says how times are written.",
                "Wide");
        }
    }
}
