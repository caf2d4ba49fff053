using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Tests;

/// <summary>The dense kernels against MathNet, and against each other on every register width.</summary>
public unsafe class LinearAlgebraTests
{
    /// <summary>The matrix is that of products of a grid's columns, made definite.</summary>
    [Property(MaxTest = 100, Arbitrary = [typeof(Generators)])]
    public void Cholesky_solves_what_MathNet_solves(Grid grid, Grid right) => SolvesWhatMathNetSolves(ToMathNet(grid), right.Rows);

    [Theory]
    [InlineData(31, 12)]
    [InlineData(64, 33)]
    [InlineData(101, 20)]
    public void Cholesky_solves_large_systems(int n, int columns) =>
        SolvesWhatMathNetSolves(Matrix<double>.Build.Random(n + 3, n, 1), columns);

    [Fact]
    public void Cholesky_refuses_what_is_not_positive_definite()
    {
        AlignedMatrix indefinite = ToAligned(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 2, 1 } }));
        Assert.False(Cholesky.TryFactor(indefinite));
        AlignedMatrix nan = ToAligned(Matrix<double>.Build.DenseOfArray(new double[,] { { double.NaN } }));
        Assert.False(Cholesky.TryFactor(nan));
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Generators)])]
    public void Products_give_the_same_bits_for_every_register_width(UpdateShape shape)
    {
        (int rows, int width, int count) = shape;
        AlignedMatrix c = ToAligned(Matrix<double>.Build.Random(rows, Math.Max(count, 1), 3));
        AlignedMatrix b = ToAligned(Matrix<double>.Build.Random(Math.Max(count, 1), width, 4));
        AlignedMatrix scalar = ToAligned(Matrix<double>.Build.Random(rows, width, 5));
        AlignedMatrix medium = ToAligned(Matrix<double>.Build.Random(rows, width, 5));
        AlignedMatrix best = ToAligned(Matrix<double>.Build.Random(rows, width, 5));
        GemmKernel.Run<LaneScalar>(scalar.Pointer, scalar.Stride, rows, c.Pointer, c.Stride, 1, count, b.Pointer, b.Stride, width, -1);
        GemmKernel.Subtract(best.Pointer, best.Stride, rows, c.Pointer, c.Stride, 1, count, b.Pointer, b.Stride, width);
        Assert.Equal(ToMathNet(scalar), ToMathNet(best));
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported)
        {
            GemmKernel.Run<Lane256>(medium.Pointer, medium.Stride, rows, c.Pointer, c.Stride, 1, count, b.Pointer, b.Stride, width, -1);
            Assert.Equal(ToMathNet(scalar), ToMathNet(medium));
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Generators)])]
    public void Eigenvalues_rebuild_the_matrix(Grid grid)
    {
        int n = Math.Min(grid.Rows, grid.Columns);
        Matrix<double> basis = ToMathNet(grid).SubMatrix(0, n, 0, n);
        RebuildTheMatrix(basis + basis.Transpose());
    }

    [Fact]
    public void Eigenvalues_rebuild_a_larger_matrix()
    {
        Matrix<double> basis = Matrix<double>.Build.Random(23, 23, 6);
        RebuildTheMatrix(basis + basis.Transpose());
    }

    [Fact]
    public void Reshaping_keeps_the_padding_zero()
    {
        AlignedMatrix matrix = new(4, 16);
        for (int i = 0; i < 4; i++)
        {
            matrix.PaddedRow(i).Fill(1);
        }

        matrix.Reshape(5, 9);
        for (int i = 0; i < 5; i++)
        {
            Assert.All(matrix.PaddedRow(i)[9..].ToArray(), x => Assert.Equal(0, x));
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Generators)])]
    public void Typed_products_are_those_of_MathNet(UpdateShape shape)
    {
        Matrix<double> a = Matrix<double>.Build.Random(shape.Rows, shape.Count, 7);
        Matrix<double> b = Matrix<double>.Build.Random(shape.Count, shape.Width, 8);
        Matrix<double> c = Matrix<double>.Build.Random(shape.Rows, shape.Width, 9);
        AlignedMatrix added = ToAligned(c);
        AlignedMatrix addedTransposed = ToAligned(c);
        AlignedMatrix multiplied = new(1, 1);
        AlignedMatrix square = new(shape.Width, shape.Width);
        AlignedMatrix row = new(2, shape.Width);
        Gemm.Add(ToAligned(a), ToAligned(b), added);
        Gemm.AddTransposed(ToAligned(a.Transpose()), ToAligned(b), addedTransposed);
        Gemm.Multiply(ToAligned(a), ToAligned(b), multiplied);
        Syrk.AddUpper(ToAligned(b), square);
        Gemv.AddTransposed(ToAligned(b), a.Row(0).ToArray(), row.PaddedRow(0));
        Gemv.AddSquares(ToAligned(b), row.PaddedRow(1));
        Gemm.Subtract(ToAligned(a), ToAligned(b), added);

        AssertClose(c, ToMathNet(added));
        AssertClose(c + (a * b), ToMathNet(addedTransposed));
        AssertClose(a * b, ToMathNet(multiplied));
        AssertClose((b.Transpose() * b).UpperTriangle(), ToMathNet(square).UpperTriangle());
        AssertClose((b.Transpose() * a.Row(0)).ToRowMatrix(), ToMathNet(row).SubMatrix(0, 1, 0, shape.Width));
        AssertClose(b.PointwiseMultiply(b).ColumnSums().ToRowMatrix(), ToMathNet(row).SubMatrix(1, 1, 0, shape.Width));
    }

    [Fact]
    public void Operands_that_do_not_fit_are_refused()
    {
        AlignedMatrix a = new(2, 3);
        AlignedMatrix b = new(4, 5);
        Assert.Throws<ArgumentException>(() => Gemm.Add(a, b, new AlignedMatrix(2, 5)));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(a, b, new AlignedMatrix(2, 5)));
        Assert.Throws<ArgumentException>(() => Gemm.AddTransposed(a, b, new AlignedMatrix(3, 5)));
        Assert.Throws<ArgumentException>(() => Syrk.AddUpper(a, new AlignedMatrix(2, 2)));
        Assert.Throws<ArgumentException>(() => Gemv.AddTransposed(a, new double[2], new double[3]));
        Assert.Throws<ArgumentException>(() => Gemv.AddSquares(a, new double[3]));
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactor(a));
        Assert.Throws<ArgumentException>(() => Cholesky.Solve(new AlignedMatrix(3, 3), a));
    }

    private static void AssertClose(Matrix<double> expected, Matrix<double> actual)
        => Assert.True((expected - actual).L2Norm() <= 1e-12 * (1 + expected.L2Norm()), $"{expected}{actual}");

    private static void SolvesWhatMathNetSolves(Matrix<double> basis, int columns)
    {
        int n = basis.ColumnCount;
        Matrix<double> a = (basis.Transpose() * basis) + (0.5 * Matrix<double>.Build.DenseIdentity(n));
        Matrix<double> b = Matrix<double>.Build.Random(n, columns, 2);
        AlignedMatrix factor = ToAligned(a);
        AlignedMatrix solution = ToAligned(b);
        Assert.True(Cholesky.TryFactor(factor));
        Cholesky.Solve(factor, solution);
        Matrix<double> expected = a.Cholesky().Solve(b);
        Assert.True((expected - ToMathNet(solution)).L2Norm() <= 1e-10 * expected.L2Norm());
    }

    private static void RebuildTheMatrix(Matrix<double> a)
    {
        int n = a.RowCount;
        SymmetricEigen eigen = new();
        eigen.Decompose(ToAligned(a));
        Matrix<double> vectors = Matrix<double>.Build.Dense(n, n, (i, j) => eigen.Vector(i)[j]);
        Matrix<double> rebuilt = vectors.Transpose() * Matrix<double>.Build.DenseOfDiagonalArray(eigen.Values[..n].ToArray()) * vectors;
        Assert.True((a - rebuilt).L2Norm() <= 1e-12 * a.L2Norm());
        Assert.True(((vectors * vectors.Transpose()) - Matrix<double>.Build.DenseIdentity(n)).L2Norm() <= 1e-12);
    }

    private static Matrix<double> ToMathNet(Grid grid) => Matrix<double>.Build.Dense(grid.Rows, grid.Columns, (i, j) => grid[i, j]);

    private static AlignedMatrix ToAligned(Matrix<double> matrix)
    {
        AlignedMatrix result = new(matrix.RowCount, matrix.ColumnCount);
        for (int i = 0; i < matrix.RowCount; i++)
        {
            for (int j = 0; j < matrix.ColumnCount; j++)
            {
                result[i, j] = matrix[i, j];
            }
        }

        return result;
    }

    private static Matrix<double> ToMathNet(AlignedMatrix matrix)
        => Matrix<double>.Build.Dense(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j]);
}
