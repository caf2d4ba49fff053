using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Feeds rows of the pipeline to a panel builder.</summary>
internal sealed class PanelRowReader(PanelOptions options)
{
    private readonly PanelBuilder _builder = new(options);
    private double?[] _covariates = [];

    /// <summary>The number of rows read.</summary>
    public int Count { get; private set; }

    /// <exception cref="InvalidInputException">A column is missing or a value cannot be used.</exception>
    public void Add(object row)
    {
        Count++;
        RowObject cells = RowObject.Of(row);
        string unit = RowObject.Text(Cell(cells, options.Unit, "Unit")) ?? "";
        if (_builder.Excludes(unit))
        {
            return;
        }

        _covariates = _covariates.Length == 0 ? new double?[_builder.Columns.Count] : _covariates;
        string time = RowObject.Text(Cell(cells, options.Time, "Time")) ?? "";
        for (int i = 0; i < _covariates.Length; i++)
        {
            object? cell = Cell(cells, _builder.Columns[i], options.Covariates.Contains(_builder.Columns[i]) ? "Covariates" : "Predictors");
            _covariates[i] = Number.IsNumber(cell)
                ? NumberOf(cell)
                : _builder.ReadCovariate(RowObject.Text(cell), i, unit, time, Count);
        }

        object? outcome = Cell(cells, options.Outcome, "Outcome");
        _builder.Add(
            unit,
            time,
            Number.IsNumber(outcome) ? NumberOf(outcome) : _builder.ReadOutcome(RowObject.Text(outcome), unit, time, Count),
            _covariates,
            options.TreatmentTimeColumn is { } starts ? RowObject.Text(Cell(cells, starts, "TreatmentTimeColumn"))
                : options.Treatment is { } flags ? RowObject.Text(Cell(cells, flags, "Treatment"))
                : null,
            Count);
    }

    /// <exception cref="InvalidInputException">There were no rows, or they do not make a panel.</exception>
    public Panel Build() => Count > 0
        ? _builder.Build()
        : throw new InvalidInputException("PanelEmpty", "No rows came through the pipeline. Pipe objects into this command, for example from Import-Csv.", "InputObject");

    private static double NumberOf(object? cell) => Number.TryGet(cell, out double number) ? number : double.NaN;

    private static object? Cell(RowObject cells, string column, string parameterName)
    {
        if (!cells.TryGet(column, out object? value))
        {
            // The row says which columns there are, so that a slip of the pen can be named.
            Names.RequireColumn(cells.Names, column, parameterName);
        }

        return value;
    }
}
