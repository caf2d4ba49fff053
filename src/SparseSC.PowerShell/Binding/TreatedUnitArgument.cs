using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Finds the rows of treated units given by number or by name.</summary>
internal static class TreatedUnitArgument
{
    private const string Parameter = "TreatedUnit";

    /// <exception cref="InvalidInputException">There is no such row, or one is given twice.</exception>
    public static int[] Read(IReadOnlyList<object> units, FeatureMatrix features, FeatureMatrix targets)
    {
        IReadOnlyList<string>? names = targets.RowNames ?? features.RowNames;
        List<int> rows = [];
        foreach (object unit in units)
        {
            int row = Find(unit, names, targets.Rows);
            if (rows.Contains(row))
            {
                throw new InvalidInputException("UnitNamedTwice", $"{{{Parameter}}} names '{unit}' twice.", Parameter);
            }

            rows.Add(row);
        }

        return [.. rows];
    }

    private static int Find(object unit, IReadOnlyList<string>? names, int count)
    {
        string? name = PropertyReader.Unwrap(unit) as string;
        if (name is not null && names is not null)
        {
            for (int row = 0; row < names.Count; row++)
            {
                if (names[row] == name)
                {
                    return row;
                }
            }
        }

        if (Number.ToInteger(unit) is not int index)
        {
            string advice = names is null
                ? "The rows have no names; give their numbers from 0."
                : $"The rows are named {string.Join(", ", names.Take(5))}{(names.Count > 5 ? ", …" : "")}.";
            throw new InvalidInputException("UnknownUnit", $"{{{Parameter}}} '{unit}' is no row of the data. {advice}", Parameter);
        }

        return index >= 0 && index < count
            ? index
            : throw new InvalidInputException("UnitOutOfRange", $"{{{Parameter}}} {index}: the {count} rows are numbered from 0 to {count - 1}.", Parameter);
    }
}
