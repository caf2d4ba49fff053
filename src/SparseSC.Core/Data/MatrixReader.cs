using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads a matrix of finite numbers, one row per unit, from CSV or NPY.</summary>
public static class MatrixReader
{
    /// <summary>Reads <paramref name="path"/>: NPY when it ends in <c>.npy</c>, otherwise comma separated numbers.</summary>
    /// <remarks>
    /// A CSV needs no header; one is recognised by text in its first line, and its names become <see cref="FeatureMatrix.ColumnNames"/>.
    /// A CSV of blank lines only is an N×0 matrix, as <c>numpy.savetxt</c> writes one.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="parameterName">The option the file was given by, for errors.</param>
    /// <exception cref="InvalidInputException">The file is missing, empty, ragged, or holds something that is not a finite number.</exception>
    public static FeatureMatrix Read(string path, string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? NpyReader.Read(path, parameterName)
            : ReadCsv(path, parameterName);
    }

    private static FeatureMatrix ReadCsv(string path, string? parameterName)
    {
        using CsvReader reader = CsvReader.Open(path, parameterName);
        if (!reader.Read())
        {
            throw new InvalidInputException("EmptyFile", $"{path} is empty.", parameterName);
        }

        if (reader.IsBlankLine)
        {
            int lines = 1 + ReadBlankLines(reader);
            return new FeatureMatrix([], lines, 0);
        }

        string[]? names = IsHeader(reader) ? Names(reader) : null;
        CsvMatrix values = new(reader, reader.FieldCount, names);
        if (names is null)
        {
            values.AddRow();
        }

        while (reader.Read())
        {
            if (reader.IsBlankLine)
            {
                ReadBlankLines(reader);
                break;
            }

            values.AddRow();
        }

        return values.Rows > 0
            ? values.ToMatrix()
            : throw new InvalidInputException("EmptyFile", $"{path} has a header but no rows.", parameterName);
    }

    // A blank line stands for a missing row unless nothing but blank lines follows.
    private static int ReadBlankLines(CsvReader reader)
    {
        int first = reader.Line;
        int count = 0;
        while (reader.Read())
        {
            count++;
            if (!reader.IsBlankLine)
            {
                throw reader.Error("BlankLine", "the line is blank, but rows follow it.", first);
            }
        }

        return count;
    }

    // Names of years are whole numbers, so a header may mix them with text; a fraction beside text is a row with a fault in it,
    // and taking that for a header would drop a unit without a word.
    private static bool IsHeader(CsvReader reader)
    {
        bool hasText = false;
        for (int column = 0; column < reader.FieldCount; column++)
        {
            ReadOnlySpan<byte> cell = reader.Field(column);
            if (NumberText.TryParse(cell, out double value))
            {
                if (value != Math.Floor(value))
                {
                    return false;
                }
            }
            else if (!NumberText.IsMissing(cell) && !NumberText.IsInfinity(cell))
            {
                hasText = true;
            }
        }

        return hasText;
    }

    private static string[] Names(CsvReader reader)
    {
        string[] names = new string[reader.FieldCount];
        for (int column = 0; column < names.Length; column++)
        {
            names[column] = reader.Text(column).Trim();
        }

        return names;
    }
}
