using System.Runtime.InteropServices;

namespace SparseSC.Core.Data;

/// <summary>Rows of a matrix that users hold as <c>double[,]</c>.</summary>
internal static class MatrixRows
{
    /// <summary>One row, as the memory it lies in.</summary>
    public static Span<double> Row(double[,] matrix, int row)
    {
        int columns = matrix.GetLength(1);
        return columns == 0 ? [] : MemoryMarshal.CreateSpan(ref matrix[row, 0], columns);
    }

    /// <summary>All cells, row after row, as the memory they lie in.</summary>
    public static Span<double> All(double[,] matrix) => matrix.Length == 0 ? [] : MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);

    /// <summary>A copy of some rows, in the order given.</summary>
    public static double[,] Rows(double[,] matrix, int[] rows)
    {
        double[,] result = new double[rows.Length, matrix.GetLength(1)];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(matrix, rows[i]).CopyTo(Row(result, i));
        }

        return result;
    }
}
