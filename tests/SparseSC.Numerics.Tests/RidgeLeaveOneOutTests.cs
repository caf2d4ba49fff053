using MathNet.Numerics.LinearAlgebra;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Numerics.Tests;

public class RidgeLeaveOneOutTests
{
    /// <summary>The choice against the definition: refit without each row, for each goal, at each penalty.</summary>
    [Theory]
    [InlineData(1, 6, 9, 0)]
    [InlineData(2, 6, 9, 3)]
    [InlineData(3, 9, 6, 0)]
    [InlineData(4, 9, 6, 3)]
    [InlineData(5, 7, 7, 1)]
    [InlineData(6, 2, 66, 2)]
    public void Choice_equals_refitting_without_each_row(int seed, int features, int count, double offset)
    {
        Matrix<double> donors = Matrix<double>.Build.Random(count, features, seed) + offset;
        Matrix<double> outside = Matrix<double>.Build.Random(2, features, seed + 100) + offset;
        List<double> errors = [];
        foreach (double penalty in RidgeLeaveOneOut.DefaultPenalties)
        {
            double total = 0;
            for (int i = 0; i < count + 2; i++)
            {
                bool inside = i < count;
                Vector<double> goal = inside ? donors.Row(i) : outside.Row(i - count);
                Matrix<double> others = inside ? donors.RemoveRow(i) : donors;
                total += RefitError(others.Transpose(), goal - (others.ColumnSums() / others.RowCount), penalty);
            }

            errors.Add(total);
        }

        double expected = RidgeLeaveOneOut.DefaultPenalties[errors.IndexOf(errors.Min())];
        double chosen = RidgeLeaveOneOut.Choose(Aligned(donors), true, Aligned(outside), RidgeLeaveOneOut.DefaultPenalties, new ParallelOptions());
        Assert.Equal(expected, chosen);
    }

    /// <summary>R of many rows, taken a block at a time: R'R = A'A, with a feature that repeats another and one of zeros.</summary>
    [Theory]
    [InlineData(5, 9)]
    [InlineData(3, 128)]
    [InlineData(6, 400)]
    public void Triangle_of_many_rows_has_their_products(int features, int count)
    {
        Matrix<double> a = Matrix<double>.Build.Random(count, features, count) + 3;
        a.SetColumn(1, a.Column(0));
        a.SetColumn(2, Vector<double>.Build.Dense(count));
        AlignedMatrix triangle = TallTriangle.Of(Aligned(a));
        Matrix<double> r = Matrix<double>.Build.Dense(features, features, (i, j) => triangle[i, j]);
        Matrix<double> expected = a.TransposeThisAndMultiply(a);
        Assert.True((r.TransposeThisAndMultiply(r) - expected).FrobeniusNorm() <= 1e-13 * expected.FrobeniusNorm());
        Assert.All(r.EnumerateIndexed().Where(e => e.Item1 > e.Item2), e => Assert.Equal(0, e.Item3));
    }

    /// <summary>A feature that repeats another leaves a singular value of rounding; the choice must be that of the definition.</summary>
    [Theory]
    [InlineData(7, 40)]
    [InlineData(8, 5)]
    public void Repeated_and_constant_features_do_not_mislead_the_choice(int seed, int count)
    {
        Matrix<double> donors = Matrix<double>.Build.Random(count, 4, seed);
        donors.SetColumn(3, donors.Column(0));
        donors.SetColumn(2, Vector<double>.Build.Dense(count));
        double[] penalties = RidgeLeaveOneOut.DefaultPenalties;
        double[] errors = [.. penalties.Select(penalty => Enumerable.Range(0, count).Sum(i =>
        {
            Matrix<double> others = donors.RemoveRow(i);
            return RefitError(others.Transpose(), donors.Row(i) - (others.ColumnSums() / others.RowCount), penalty);
        }))];
        double chosen = RidgeLeaveOneOut.Choose(Aligned(donors), true, new AlignedMatrix(0, 4), penalties, new ParallelOptions());
        Assert.Equal(errors.Min(), errors[Array.IndexOf(penalties, chosen)], errors.Min() * 1e-9);
    }

    /// <summary>Means of ten thousand, against the same criterion in decimal arithmetic: a Gram matrix in double precision fails here.</summary>
    [Theory]
    [InlineData(1, 5, 8)]
    [InlineData(2, 8, 5)]
    [InlineData(3, 6, 6)]
    public void Large_means_cost_no_digits(int seed, int features, int count)
    {
        Matrix<double> donors = Matrix<double>.Build.Random(count, features, seed) + 1e4;
        double[] penalties = RidgeLeaveOneOut.DefaultPenalties;
        decimal[] errors = [.. penalties.Select(penalty => ExactError(donors, (decimal)penalty))];
        double chosen = RidgeLeaveOneOut.Choose(Aligned(donors), true, new AlignedMatrix(0, features), penalties, new ParallelOptions());
        Assert.Equal(penalties[Array.IndexOf(errors, errors.Min())], chosen);
    }

    /// <summary>Σ over donors of ((G_i + αI)⁻¹y_i / diag((G_i + αI)⁻¹))², G_i without the donor's own row.</summary>
    private static decimal ExactError(Matrix<double> donors, decimal penalty)
    {
        int features = donors.ColumnCount;
        int count = donors.RowCount;
        decimal[][] x = [.. donors.EnumerateRows().Select(row => row.Select(v => (decimal)v).ToArray())];
        decimal total = 0;
        for (int i = 0; i < count; i++)
        {
            // [A | I | y], reduced to [I | A⁻¹ | A⁻¹y].
            decimal[,] table = new decimal[features, (2 * features) + 1];
            for (int a = 0; a < features; a++)
            {
                for (int b = 0; b < features; b++)
                {
                    table[a, b] = Enumerable.Range(0, count).Where(j => j != i).Sum(j => x[j][a] * x[j][b]) + (a == b ? penalty : 0);
                }

                table[a, features + a] = 1;
                table[a, 2 * features] = x[i][a] - (Enumerable.Range(0, count).Where(j => j != i).Sum(j => x[j][a]) / (count - 1));
            }

            for (int p = 0; p < features; p++)
            {
                decimal pivot = table[p, p];
                for (int c = 0; c <= 2 * features; c++)
                {
                    table[p, c] /= pivot;
                }

                for (int r = 0; r < features; r++)
                {
                    decimal factor = table[r, p];
                    for (int c = 0; r != p && c <= 2 * features; c++)
                    {
                        table[r, c] -= factor * table[p, c];
                    }
                }
            }

            for (int k = 0; k < features; k++)
            {
                decimal residual = table[k, 2 * features] / table[k, features + k];
                total += residual * residual;
            }
        }

        return total;
    }

    private static double RefitError(Matrix<double> x, Vector<double> y, double penalty)
    {
        double total = 0;
        for (int row = 0; row < x.RowCount; row++)
        {
            Matrix<double> kept = x.RemoveRow(row);
            Vector<double> target = Vector<double>.Build.DenseOfEnumerable(y.Where((_, i) => i != row));
            Vector<double> b = ((kept.Transpose() * kept) + (penalty * Matrix<double>.Build.DenseIdentity(x.ColumnCount))).Solve(kept.Transpose() * target);
            double e = y[row] - (x.Row(row) * b);
            total += e * e;
        }

        return total;
    }

    private static AlignedMatrix Aligned(Matrix<double> matrix)
        => AlignedMatrix.FromRowMajor(matrix.ToRowMajorArray(), matrix.RowCount, matrix.ColumnCount);
}
