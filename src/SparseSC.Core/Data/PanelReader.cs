using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads a panel from a CSV file with a header row.</summary>
public static class PanelReader
{
    /// <summary>Reads <paramref name="path"/>; columns the options do not name are ignored.</summary>
    /// <exception cref="InvalidInputException">The file or its content cannot be used; the message names the line.</exception>
    public static Panel Read(string path, PanelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequireSound(options);
        using CsvTable table = CsvTable.Open(InputFile.OpenRead(path, "Panel"), path, "Panel", options.Delimiter);
        return Read(table, path, options);
    }

    /// <summary>Reads a panel from a stream, which is closed at the end.</summary>
    /// <param name="stream">The CSV.</param>
    /// <param name="source">How messages call the stream.</param>
    /// <param name="options">Names of the columns and of the treated units.</param>
    /// <exception cref="InvalidInputException">The content cannot be used; the message names the line.</exception>
    public static Panel Read(Stream stream, string source, PanelOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        RequireSound(options);
        using CsvTable table = CsvTable.Open(stream, source, "Panel", options.Delimiter);
        return Read(table, source, options);
    }

    // What is wrong whatever the file holds is said before it is opened.
    private static void RequireSound(PanelOptions options)
    {
        if (!options.Wide)
        {
            PanelOptionsValidator.Check(options);
        }
    }

    private static Panel Read(CsvTable table, string source, PanelOptions options) =>
        options.Wide ? new WidePanelReader(table, options, source).Read() : ReadLong(table, new PanelBuilder(options, source), options);

    private static Panel ReadLong(CsvTable table, PanelBuilder builder, PanelOptions options)
    {
        int unitColumn = table.Require(options.Unit, "Unit");
        int timeColumn = Names.RequireColumn(table.ColumnNames, options.Time, "Time");
        int outcomeColumn = Names.RequireColumn(table.ColumnNames, options.Outcome, "Outcome");
        int[] covariateColumns =
        [
            .. builder.Columns.Select(name => Names.RequireColumn(
                table.ColumnNames,
                name,
                options.Covariates.Contains(name) ? "Covariates" : "Predictors")),
        ];
        int treatmentColumn =
            options.TreatmentTimeColumn is { } starts ? Names.RequireColumn(table.ColumnNames, starts, "TreatmentTimeColumn")
            : options.Treatment is { } flags ? Names.RequireColumn(table.ColumnNames, flags, "Treatment")
            : -1;

        double?[] covariates = new double?[covariateColumns.Length];
        while (table.Read())
        {
            string unit = table.Text(unitColumn);
            if (builder.Excludes(unit))
            {
                continue;
            }

            string time = table.Text(timeColumn);
            for (int i = 0; i < covariates.Length; i++)
            {
                covariates[i] = builder.ReadCovariate(table.Text(covariateColumns[i]), i, unit, time, table.Line);
            }

            builder.Add(
                unit,
                time,
                builder.ReadOutcome(table.Text(outcomeColumn), unit, time, table.Line),
                covariates,
                treatmentColumn < 0 ? null : table.Text(treatmentColumn),
                table.Line);
        }

        return builder.Build();
    }
}
