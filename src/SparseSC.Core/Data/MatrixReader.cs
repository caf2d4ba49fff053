using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads a matrix of finite numbers, one row per unit, from CSV or NPY.</summary>
public static class MatrixReader
{
    /// <summary>Reads <paramref name="path"/>: NPY when it ends in <c>.npy</c>, otherwise comma separated numbers.</summary>
    /// <remarks>
    /// <para>
    /// A CSV needs no header, but a first line of names or years is one; its cells become <see cref="FeatureMatrix.ColumnNames"/>.
    /// Names are: text, also with whole numbers beside it; or whole numbers in double quotes above a line that has none; or a run
    /// of years, which is two or more whole numbers from 1500 to 2500 that rise by the same step of one to ten (by one when there
    /// are only two), above lines that do not go on like that, which is to say that some number has a fraction or most lie outside
    /// 1500 to 2500, and fewer than half of the lines rise by that step. Any other line of numbers is a unit. A first line that
    /// would be taken for years but is data can be written with a decimal point, <c>1997.0</c>.
    /// </para>
    /// <para>A CSV of blank lines only is an N×0 matrix, as <c>numpy.savetxt</c> writes one.</para>
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

    /// <summary>Reads a matrix as CSV from a stream, which is closed at the end; headers are told from rows as in a file.</summary>
    /// <param name="stream">The CSV.</param>
    /// <param name="source">How messages call the stream.</param>
    /// <param name="parameterName">The option it was given by, for errors.</param>
    /// <exception cref="InvalidInputException">The stream is empty, ragged, or holds something that is not a finite number.</exception>
    public static FeatureMatrix Read(Stream stream, string source, string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using CsvReader reader = new(stream, source, parameterName, delimiter: null);
        return ReadCsv(reader, source, parameterName);
    }

    private static FeatureMatrix ReadCsv(string path, string? parameterName)
    {
        using CsvReader reader = CsvReader.Open(path, parameterName);
        return ReadCsv(reader, path, parameterName);
    }

    private static FeatureMatrix ReadCsv(CsvReader reader, string path, string? parameterName)
    {
        if (!reader.Read())
        {
            throw new InvalidInputException("EmptyFile", $"{path} is empty.", parameterName);
        }

        if (reader.IsBlankLine)
        {
            int lines = 1 + ReadBlankLines(reader);
            return new FeatureMatrix([], lines, 0);
        }

        HeaderLine first = new(reader);
        CsvMatrix values = new(reader, reader.FieldCount);
        if (first.IsText)
        {
            values.Names = first.Names;
        }
        else
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

            if (values is { Rows: 1, Names: null } && first.IsQuotedUnlike(reader))
            {
                values.TakeFirstRowAs(first.Names);
            }

            values.AddRow();
        }

        if (values.Names is null && first.IsYearsAbove(values.RowsFromSecond))
        {
            values.TakeFirstRowAs(first.Names);
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
}
