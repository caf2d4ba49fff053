using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads one value per unit, where blank means that there is none: treatment periods, doses.</summary>
public static class UnitColumnReader
{
    /// <summary>Reads a file of one line per unit, or of one line with one value per unit.</summary>
    /// <param name="path">The file; a first line that is neither a number nor blank is a header.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="parameterName">The option, for errors.</param>
    /// <returns>Per unit the number; <c>NaN</c> where the cell is blank or says that it is missing.</returns>
    /// <exception cref="InvalidInputException">The file cannot be read, a cell is not a number, or the number of units differs.</exception>
    public static double[] Read(string path, int units, string parameterName) =>
        Read(InputFile.OpenRead(path, parameterName), path, units, parameterName);

    /// <summary>The same for numbers that must be whole; <c>null</c> where there is none.</summary>
    /// <exception cref="InvalidInputException">As for a file of numbers, or a number is not whole.</exception>
    public static int?[] ReadWhole(string path, int units, string parameterName) =>
        Whole(Read(path, units, parameterName), path, parameterName);

    /// <summary>The same from a stream, which is closed at the end; <paramref name="source"/> is how messages call it.</summary>
    /// <exception cref="InvalidInputException">A cell is not a whole number, or the number of units differs.</exception>
    public static int?[] ReadWhole(Stream stream, string source, int units, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Whole(Read(stream, source, units, parameterName), source, parameterName);
    }

    private static double[] Read(Stream stream, string path, int units, string parameterName)
    {
        string text;
        using (StreamReader reader = new(stream))
        {
            text = reader.ReadToEnd();
        }

        // A blank line is a unit without a value, so only the end of the last line may be taken off.
        text = text.EndsWith('\n') ? text[..^1] : text;
        List<string> cells = [.. text.Split('\n').Select(Clean)];
        int firstLine = 1;
        if (cells.Count == 1 && units > 1)
        {
            cells = [.. cells[0].Split(',').Select(Clean)];
        }
        else if (cells.Count == units + 1 && !NumberText.IsMissing(cells[0]) && !NumberText.TryParse(cells[0].AsSpan(), out _))
        {
            cells.RemoveAt(0);
            firstLine = 2;
        }

        if (cells.Count != units)
        {
            throw new InvalidInputException(
                "UnitCountMismatch",
                $"{{{parameterName}}} {path} has {cells.Count} values and there are {units} units; it needs one line per unit, blank where there is no value.",
                parameterName);
        }

        double[] values = new double[units];
        for (int i = 0; i < units; i++)
        {
            values[i] = NumberText.IsMissing(cells[i])
                ? double.NaN
                : NumberText.TryParse(cells[i].AsSpan(), out double value) && double.IsFinite(value)
                    ? value
                    : throw new InvalidInputException("NotANumber", $"{{{parameterName}}} {path}, line {i + firstLine}: '{cells[i]}' is not a finite number.", parameterName);
        }

        return values;
    }

    private static int?[] Whole(double[] values, string path, string parameterName)
    {
        int?[] result = new int?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                result[i] = values[i] == Math.Floor(values[i]) && Math.Abs(values[i]) <= int.MaxValue
                    ? (int)values[i]
                    : throw new InvalidInputException("NotWhole", $"{{{parameterName}}} {path}: {values[i]} (unit {i}) is not a whole number.", parameterName);
            }
        }

        return result;
    }

    private static string Clean(string cell)
    {
        string trimmed = cell.Trim().TrimStart('\uFEFF');
        return trimmed.Length >= 2 && trimmed[0] == '"' && trimmed[^1] == '"' ? trimmed[1..^1].Trim() : trimmed;
    }
}
