namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Symmetric products, of which only the upper triangle is computed.</summary>
public static unsafe class Syrk
{
    private const int Block = 4;

    /// <summary>The upper triangle of C += A'A (p×n, n×n); what stands below the diagonal is scratch.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void AddUpper(AlignedMatrix a, AlignedMatrix c) => AddUpper(a, a, c);

    /// <summary>The upper triangle of C += A'B (p×n, p×n, n×n), for products known to be symmetric, as with A = VB of a diagonal V.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void AddUpper(AlignedMatrix a, AlignedMatrix b, AlignedMatrix c)
    {
        int n = c.Rows;
        Shape.Require(c.Columns == n && a.Columns == n && b.Columns == n && a.Rows == b.Rows, nameof(c));
        for (int i = 0; i < n; i += Block)
        {
            int start = i & ~(AlignedMatrix.Lane - 1);
            GemmKernel.Add(
                c.Pointer + ((nint)i * c.Stride) + start, c.Stride, Math.Min(Block, n - i), a.Pointer + i, 1, a.Stride, a.Rows,
                b.Pointer + start, b.Stride, c.Stride - start);
        }
    }
}
