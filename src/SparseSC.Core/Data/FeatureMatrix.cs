using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>
/// A table of finite numbers, one row per unit: features (N×K) or targets (N×T), with the names the data came with.
/// </summary>
/// <remarks>Values are row-major without padding. The object is immutable by convention: nothing here writes to <see cref="Values"/>.</remarks>
public sealed class FeatureMatrix
{
    /// <summary>Wraps <paramref name="values"/> (length <paramref name="rows"/>·<paramref name="columns"/>, row-major) without copying.</summary>
    /// <exception cref="InvalidInputException">The length does not fit the shape, or names do not fit it.</exception>
    public FeatureMatrix(
        double[] values,
        int rows,
        int columns,
        IReadOnlyList<string>? rowNames = null,
        IReadOnlyList<string>? columnNames = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (rows < 0 || columns < 0 || values.LongLength != (long)rows * columns)
        {
            throw new InvalidInputException("MatrixShapeMismatch", $"{values.LongLength} values do not make a {rows}×{columns} matrix.");
        }

        if (rowNames is not null && rowNames.Count != rows)
        {
            throw new InvalidInputException("MatrixShapeMismatch", $"{rowNames.Count} row names were given for {rows} rows.");
        }

        if (columnNames is not null && columnNames.Count != columns)
        {
            throw new InvalidInputException("MatrixShapeMismatch", $"{columnNames.Count} column names were given for {columns} columns.");
        }

        Values = values;
        Rows = rows;
        Columns = columns;
        RowNames = rowNames;
        ColumnNames = columnNames;
    }

    /// <summary>The numbers, row-major.</summary>
    public double[] Values { get; }

    /// <summary>The number of units, N.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, K or T.</summary>
    public int Columns { get; }

    /// <summary>Unit names, or <c>null</c> when the source had none.</summary>
    public IReadOnlyList<string>? RowNames { get; }

    /// <summary>Column names, or <c>null</c> when the source had none.</summary>
    public IReadOnlyList<string>? ColumnNames { get; }

    /// <summary>One number.</summary>
    public double this[int row, int column] => Values[((long)row * Columns) + column];

    /// <summary>One row as a span of length <see cref="Columns"/>.</summary>
    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>Copies a rectangular array.</summary>
    public static FeatureMatrix FromArray(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] copy = new double[values.Length];
        Buffer.BlockCopy(values, 0, copy, 0, values.Length * sizeof(double));
        return new FeatureMatrix(copy, values.GetLength(0), values.GetLength(1));
    }

    /// <summary>The numbers as a rectangular array (a copy).</summary>
    public double[,] ToArray()
    {
        double[,] result = new double[Rows, Columns];
        Buffer.BlockCopy(Values, 0, result, 0, Values.Length * sizeof(double));
        return result;
    }
}
