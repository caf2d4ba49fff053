using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>One row of data as it comes through the pipeline: an object, a hashtable or a data row, seen as named cells.</summary>
internal readonly struct RowObject
{
    private readonly IDictionary? _table;
    private readonly PSObject? _item;

    private RowObject(IDictionary? table, PSObject? item)
    {
        _table = table;
        _item = item;
    }

    public static RowObject Of(object row) => PropertyReader.Unwrap(row) is IDictionary table
        ? new RowObject(table, null)
        : new RowObject(null, PSObject.AsPSObject(row));

    /// <summary>Names of the cells, in order.</summary>
    public string[] Names => _table is null
        ? [.. _item!.Properties.Where(IsData).Select(property => property.Name)]
        : [.. _table.Keys.Cast<object>().Select(key => key.ToString()!)];

    /// <summary>Finds a cell; an absent value is <c>null</c> whatever its source calls it.</summary>
    public bool TryGet(string name, out object? value)
    {
        if (_table is null)
        {
            PSPropertyInfo? property = _item!.Properties[name];
            value = property is null ? null : Plain(property.Value);
            return property is not null;
        }

        value = _table.Contains(name) ? Plain(_table[name]) : null;
        return _table.Contains(name);
    }

    /// <summary>A cell as text that means the same in every culture; dates as ISO 8601.</summary>
    public static string? Text(object? cell) => cell switch
    {
        null => null,
        string text => text,
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };

    // A data row's own members (RowError, Table, …) are no cells; PowerShell shows its columns as properties of the adapter.
    private bool IsData(PSPropertyInfo property) =>
        _item!.BaseObject is not System.Data.DataRow row || row.Table.Columns.Contains(property.Name);

    private static object? Plain(object? value) => PropertyReader.Unwrap(value) is var plain && plain is DBNull ? null : plain;
}
