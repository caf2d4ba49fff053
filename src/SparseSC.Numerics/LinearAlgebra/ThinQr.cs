using System.Runtime.CompilerServices;

namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>The triangle R of A = QR for matrices with many rows, by Householder reflections of a block of rows at a time.</summary>
/// <remarks>
/// Source: Golub and Van Loan, "Matrix Computations", 4th ed., sections 5.2 and 6.5.3. R keeps every digit A has; A'A would keep half.
/// </remarks>
internal static unsafe class ThinQr
{
    private const int BlockRows = 128;

    /// <summary>R (K×K, upper) of an n×K matrix.</summary>
    /// <param name="matrix">A matrix, whose rows are copied some at a time.</param>
    public static AlignedMatrix R(ScaledRows matrix)
    {
        AlignedMatrix triangle = new(matrix.Columns, matrix.Columns);
        AlignedMatrix block = new(Math.Min(BlockRows, Math.Max(1, matrix.Rows)), matrix.Columns);
        AlignedMatrix product = new(1, matrix.Columns);
        double[] column = GC.AllocateUninitializedArray<double>(BlockRows, pinned: true);
        for (int start = 0; start < matrix.Rows; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, matrix.Rows - start);
            for (int i = 0; i < rows; i++)
            {
                matrix.CopyRow(start + i, block.Row(i));
            }

            Fold(triangle, block, rows, product, (double*)Unsafe.AsPointer(ref column[0]));
        }

        return triangle;
    }

    /// <summary>Takes a block of rows up into R; the block is destroyed.</summary>
    private static void Fold(AlignedMatrix triangle, AlignedMatrix block, int rows, AlignedMatrix product, double* column)
    {
        int width = triangle.Columns;
        for (int j = 0; j < width; j++)
        {
            double squares = 0;
            for (int i = 0; i < rows; i++)
            {
                column[i] = block[i, j];
                squares = Math.FusedMultiplyAdd(column[i], column[i], squares);
            }

            if (squares == 0)
            {
                continue;
            }

            double pivot = triangle[j, j];
            double norm = Math.Sqrt((pivot * pivot) + squares);
            double first = pivot + Math.CopySign(norm, pivot);
            double factor = 2 / ((first * first) + squares);
            int start = j & ~(AlignedMatrix.Lane - 1);
            double* r = triangle.Pointer + ((nint)j * triangle.Stride);
            double* w = product.Pointer;
            for (int k = start; k < product.Stride; k++)
            {
                w[k] = first * r[k];
            }

            GemmKernel.Add(w + start, product.Stride, 1, column, 0, 1, rows, block.Pointer + start, block.Stride, product.Stride - start);
            for (int k = start; k < product.Stride; k++)
            {
                w[k] *= factor;
                r[k] -= first * w[k];
            }

            GemmKernel.Subtract(block.Pointer + start, block.Stride, rows, column, 1, 0, 1, w + start, 0, product.Stride - start);

            // What the reflection makes of columns already done is rounding, and of this one known.
            for (int k = start; k < j; k++)
            {
                r[k] = 0;
            }

            r[j] = -Math.CopySign(norm, pivot);
        }
    }
}
