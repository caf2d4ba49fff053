namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Some rows and columns of a matrix, each column times a factor, without a copy of them.</summary>
public sealed class ScaledRows
{
    private readonly AlignedMatrix _matrix;
    private readonly int[]? _rows;
    private readonly int[] _columns;
    private readonly double[] _factors;

    /// <summary>A matrix as it is.</summary>
    public ScaledRows(AlignedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        _matrix = matrix;
        _columns = [.. Enumerable.Range(0, matrix.Columns)];
        _factors = [.. _columns.Select(_ => 1.0)];
    }

    /// <summary>Some rows and columns.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="factors">What each of these columns is multiplied by.</param>
    public ScaledRows(AlignedMatrix matrix, int[] rows, int[] columns, double[] factors)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(factors);
        _matrix = matrix;
        _rows = rows;
        _columns = columns;
        _factors = factors;
    }

    /// <summary>The number of rows.</summary>
    public int Rows => _rows?.Length ?? _matrix.Rows;

    /// <summary>The number of columns.</summary>
    public int Columns => _columns.Length;

    /// <summary>Copies a row.</summary>
    public void CopyRow(int row, Span<double> target)
    {
        ReadOnlySpan<double> source = _matrix.Row(_rows is null ? row : _rows[row]);
        for (int a = 0; a < _columns.Length; a++)
        {
            target[a] = _factors[a] * source[_columns[a]];
        }
    }

    /// <summary>Copies all rows.</summary>
    public AlignedMatrix ToMatrix()
    {
        AlignedMatrix result = new(Rows, Columns);
        for (int i = 0; i < result.Rows; i++)
        {
            CopyRow(i, result.Row(i));
        }

        return result;
    }
}
