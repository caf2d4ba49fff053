namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Combinations of the rows of a matrix, added to a row as long as they are, padding included.</summary>
public static unsafe class Gemv
{
    /// <summary>y += A'x (p×n, p); y has the <see cref="AlignedMatrix.Stride"/> of A.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void AddTransposed(AlignedMatrix a, ReadOnlySpan<double> x, Span<double> y)
    {
        Shape.Require(x.Length == a.Rows && y.Length == a.Stride, nameof(y));
        fixed (double* to = y, factors = x)
        {
            GemmKernel.Add(to, a.Stride, 1, factors, 0, 1, a.Rows, a.Pointer, a.Stride, a.Stride);
        }
    }

    /// <summary>y −= A'x (p×n, p); y has the <see cref="AlignedMatrix.Stride"/> of A.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void SubtractTransposed(AlignedMatrix a, ReadOnlySpan<double> x, Span<double> y)
    {
        Shape.Require(x.Length == a.Rows && y.Length == a.Stride, nameof(y));
        fixed (double* to = y, factors = x)
        {
            GemmKernel.Subtract(to, a.Stride, 1, factors, 0, 1, a.Rows, a.Pointer, a.Stride, a.Stride);
        }
    }

    /// <summary>y_j += Σ_i a_ij² for every column j; y has the <see cref="AlignedMatrix.Stride"/> of A.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void AddSquares(AlignedMatrix a, Span<double> y)
    {
        Shape.Require(y.Length == a.Stride, nameof(y));
        fixed (double* to = y)
        {
            GemmKernel.AddSquares(to, a.Pointer, a.Stride, a.Rows, a.Stride);
        }
    }
}
