namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Products of matrices, added to a third one. No operand may share memory with the result.</summary>
/// <remarks>Sums run in ascending order with one rounding a term: the bits do not depend on the processor.</remarks>
public static unsafe class Gemm
{
    /// <summary>C += AB (n×p, p×m, n×m).</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Add(AlignedMatrix a, AlignedMatrix b, AlignedMatrix c)
    {
        Shape.Require(a.Rows == c.Rows && a.Columns == b.Rows && b.Columns == c.Columns, nameof(c));
        GemmKernel.Add(c.Pointer, c.Stride, c.Rows, a.Pointer, a.Stride, 1, a.Columns, b.Pointer, b.Stride, b.Stride);
    }

    /// <summary>C −= AB (n×p, p×m, n×m).</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Subtract(AlignedMatrix a, AlignedMatrix b, AlignedMatrix c)
    {
        Shape.Require(a.Rows == c.Rows && a.Columns == b.Rows && b.Columns == c.Columns, nameof(c));
        GemmKernel.Subtract(c.Pointer, c.Stride, c.Rows, a.Pointer, a.Stride, 1, a.Columns, b.Pointer, b.Stride, b.Stride);
    }

    /// <summary>C += A'B (p×n, p×m, n×m).</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void AddTransposed(AlignedMatrix a, AlignedMatrix b, AlignedMatrix c)
    {
        Shape.Require(a.Columns == c.Rows && a.Rows == b.Rows && b.Columns == c.Columns, nameof(c));
        GemmKernel.Add(c.Pointer, c.Stride, c.Rows, a.Pointer, 1, a.Stride, a.Rows, b.Pointer, b.Stride, b.Stride);
    }

    /// <summary>C = AB; C gets the shape of the product.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply(AlignedMatrix a, AlignedMatrix b, AlignedMatrix c)
    {
        c.Reshape(a.Rows, b.Columns);
        c.Clear();
        Add(a, b, c);
    }

    /// <summary>C = A'B; C gets the shape of the product.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void MultiplyTransposed(AlignedMatrix a, AlignedMatrix b, AlignedMatrix c)
    {
        c.Reshape(a.Columns, b.Columns);
        c.Clear();
        AddTransposed(a, b, c);
    }
}
