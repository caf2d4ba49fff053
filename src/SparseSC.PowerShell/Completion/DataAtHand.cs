using System.Collections;
using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Completion;

/// <summary>Units, times and columns of the panel, model, rows or file that a command works on.</summary>
/// <param name="Units">Names of the units.</param>
/// <param name="Times">The times.</param>
/// <param name="Columns">Names of the columns.</param>
internal sealed record DataAtHand(IEnumerable<string> Units, IEnumerable<string> Times, IEnumerable<string> Columns)
{
    // As many rows are read in some tens of milliseconds, and whoever presses a key does not wait longer.
    private const int MostRows = 50_000;

    /// <summary>What a value holds; <c>null</c> when it is nothing of ours.</summary>
    /// <param name="value">A panel, a model or rows.</param>
    /// <param name="columns">Names of the columns of units and of times, as far as they are known.</param>
    public static DataAtHand? Of(object? value, (string? Unit, string? Time) columns) => PropertyReader.Unwrap(value) switch
    {
        null or string => null,
        Panel panel => new DataAtHand(panel.Units, panel.Times, [panel.OutcomeName, .. panel.CovariateNames]),
        EffectEstimate effect => new DataAtHand(effect.Units, effect.Times, []),
        SyntheticControlFit fit => new DataAtHand(
            fit.UnitNames ?? Enumerable.Range(0, fit.Predictions.GetLength(0)).Select(row => $"{row}"), fit.TargetNames ?? [], fit.FeatureNames ?? []),
        IList { Count: > 0 } rows when rows is not byte[] => OfRows(rows, columns),
        _ => OfObject(value!, columns),
    };

    /// <summary>What a CSV file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What separates its fields; <c>null</c> for what the header says.</param>
    /// <param name="columns">Names of the columns of units and of times, as far as they are known.</param>
    /// <param name="isWide">Whether its columns are times.</param>
    public static DataAtHand OfFile(string path, char? delimiter, (string? Unit, string? Time) columns, bool isWide)
    {
        string[] header;
        using (CsvTable table = CsvTable.Open(path, null, delimiter))
        {
            header = [.. table.ColumnNames.Where(name => name.Length > 0)];
        }

        string? unit = isWide ? columns.Unit ?? header.FirstOrDefault() : columns.Unit;
        return new DataAtHand(
            Distinct(path, delimiter, unit), isWide ? header.Where(name => name != unit) : Distinct(path, delimiter, columns.Time), header);
    }

    private static DataAtHand OfRows(IList rows, (string? Unit, string? Time) columns)
    {
        object? first = rows[0];
        return first is null
            ? new DataAtHand([], [], [])
            : new DataAtHand(Distinct(rows, columns.Unit), Distinct(rows, columns.Time), RowObject.Of(first).Names);
    }

    // A model that came back from another process, or one row.
    private static DataAtHand OfObject(object value, (string? Unit, string? Time) columns)
    {
        string[] units = Texts(PropertyReader.Get(value, "Units", "UnitNames"));
        return units.Length > 0
            ? new DataAtHand(units, Texts(PropertyReader.Get(value, "Times", "TargetNames")), [])
            : OfRows(new[] { value }, columns);
    }

    private static string[] Texts(object? list) =>
        list is IEnumerable items and not string ? [.. items.Cast<object?>().Select(item => item?.ToString() ?? "")] : [];

    private static IEnumerable<string> Distinct(IList rows, string? column) => column is null
        ? []
        : rows.Cast<object?>()
            .Take(MostRows)
            .Select(row => row is not null && RowObject.Of(row).TryGet(column, out object? cell) ? RowObject.Text(cell) : null)
            .OfType<string>()
            .Distinct();

    private static IEnumerable<string> Distinct(string path, char? delimiter, string? column)
    {
        if (column is null)
        {
            yield break;
        }

        using CsvTable table = CsvTable.Open(path, null, delimiter);
        int place = table.ColumnNames.ToList().IndexOf(column);
        HashSet<string> seen = [];
        for (int row = 0; place >= 0 && row < MostRows && table.Read(); row++)
        {
            string name = table.Text(place);
            if (seen.Add(name))
            {
                yield return name;
            }
        }
    }
}
