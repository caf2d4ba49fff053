namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Cholesky factors A = U'U of symmetric positive definite matrices, upper, row-major, in place.</summary>
/// <remarks>
/// What stands below the diagonal is scratch. Right-hand sides have one row per unknown, so that all of them are solved at once.
/// </remarks>
public static unsafe class Cholesky
{
    private const int Block = 4;

    /// <summary>Replaces the upper triangle of A (n×n) by U.</summary>
    /// <returns><c>false</c> when A is not positive definite to working precision; A is then undefined.</returns>
    /// <exception cref="ArgumentException">A is not square.</exception>
    public static bool TryFactor(AlignedMatrix a)
    {
        Shape.Require(a.Rows == a.Columns, nameof(a));
        return Factor(a.Pointer, a.Rows, a.Stride);
    }

    /// <summary>Solves AX = B in place with the factor of A (n×n); B is n×m.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Solve(AlignedMatrix u, AlignedMatrix b)
    {
        if (u.Rows == 0)
        {
            return;
        }

        SolveTransposed(u, b);
        SolveUpper(u, b);
    }

    /// <summary>Solves U'Z = B in place (n×n, n×m).</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void SolveTransposed(AlignedMatrix u, AlignedMatrix b)
    {
        Shape.Require(u.Rows == u.Columns && u.Rows == b.Rows, nameof(b));
        SolveTransposed(u.Pointer, u.Rows, u.Stride, b.Pointer, b.Stride, b.Stride);
    }

    /// <summary>Solves UX = Z in place (n×n, n×m).</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void SolveUpper(AlignedMatrix u, AlignedMatrix b)
    {
        Shape.Require(u.Rows == u.Columns && u.Rows == b.Rows, nameof(b));
        SolveUpper(u.Pointer, u.Rows, u.Stride, b.Pointer, b.Stride, b.Stride);
    }

    private static bool Factor(double* a, int n, nint stride)
    {
        int width = AlignedMatrix.Pad(n);
        for (int i0 = 0; i0 < n; i0 += Block)
        {
            int rows = Math.Min(Block, n - i0);
            int start = i0 & ~(AlignedMatrix.Lane - 1);

            // Rows i0… minus what the finished rows contribute; columns left of the diagonal get scratch values.
            GemmKernel.Subtract(a + (i0 * stride) + start, stride, rows, a + i0, 1, stride, i0, a + start, stride, width - start);
            for (int i = i0; i < i0 + rows; i++)
            {
                double* row = a + (i * stride);
                GemmKernel.Subtract(row + start, stride, 1, a + (i0 * stride) + i, 1, stride, i - i0, a + (i0 * stride) + start, stride, width - start);
                double pivot = row[i];
                if (!(pivot > 0) || !double.IsFinite(pivot))
                {
                    return false;
                }

                double root = Math.Sqrt(pivot);
                double inverse = 1 / root;
                row[i] = root;
                for (int j = i + 1; j < n; j++)
                {
                    row[j] *= inverse;
                }

                for (int j = n; j < width; j++)
                {
                    row[j] = 0;
                }
            }
        }

        return true;
    }

    private static void SolveTransposed(double* u, int n, nint uStride, double* b, nint bStride, int width)
    {
        for (int i0 = 0; i0 < n; i0 += Block)
        {
            int rows = Math.Min(Block, n - i0);
            GemmKernel.Subtract(b + (i0 * bStride), bStride, rows, u + i0, 1, uStride, i0, b, bStride, width);
            for (int i = i0; i < i0 + rows; i++)
            {
                double* row = b + (i * bStride);
                GemmKernel.Subtract(row, bStride, 1, u + (i0 * uStride) + i, 1, uStride, i - i0, b + (i0 * bStride), bStride, width);
                Scale(row, width, 1 / u[(i * uStride) + i]);
            }
        }
    }

    private static void SolveUpper(double* u, int n, nint uStride, double* b, nint bStride, int width)
    {
        int last = (n - 1) / Block * Block;
        for (int i0 = last; i0 >= 0; i0 -= Block)
        {
            int rows = Math.Min(Block, n - i0);
            int after = i0 + rows;
            GemmKernel.Subtract(b + (i0 * bStride), bStride, rows, u + (i0 * uStride) + after, uStride, 1, n - after, b + (after * bStride), bStride, width);
            for (int i = after - 1; i >= i0; i--)
            {
                double* row = b + (i * bStride);
                GemmKernel.Subtract(row, bStride, 1, u + (i * uStride) + i + 1, uStride, 1, after - i - 1, b + ((i + 1) * bStride), bStride, width);
                Scale(row, width, 1 / u[(i * uStride) + i]);
            }
        }
    }

    private static void Scale(double* row, int width, double factor)
    {
        for (int j = 0; j < width; j++)
        {
            row[j] *= factor;
        }
    }
}
