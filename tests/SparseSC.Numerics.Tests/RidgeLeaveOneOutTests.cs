using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Numerics.Tests;

public class RidgeLeaveOneOutTests
{
    /// <summary>
    /// The choice against the definition: refit without each row, for each goal, at each penalty. Of penalties whose errors differ by
    /// rounding alone, either will do. Features that repeat another or are constant leave a singular value of rounding, which must not
    /// mislead.
    /// </summary>
    [Property(MaxTest = 25, Arbitrary = [typeof(DonorSets)])]
    public void Choice_equals_refitting_without_each_row(DonorSet set)
    {
        Matrix<double> donors = Dense(set.Donors) + set.Offset;
        Matrix<double> outside = Matrix<double>.Build.Random(2, donors.ColumnCount, 100) + set.Offset;
        if (set.IsRepetitive && donors.ColumnCount > 2)
        {
            donors.SetColumn(0, donors.Column(donors.ColumnCount - 1));
            donors.SetColumn(1, Vector<double>.Build.Dense(donors.RowCount));
        }

        int count = donors.RowCount;
        double[] penalties = RidgeLeaveOneOut.DefaultPenalties;
        double[] errors = [.. penalties.Select(penalty => Enumerable.Range(0, count + 2).Sum(i =>
        {
            bool inside = i < count;
            Vector<double> goal = inside ? donors.Row(i) : outside.Row(i - count);
            Matrix<double> others = inside ? donors.RemoveRow(i) : donors;
            return RefitError(others.Transpose(), goal - (others.ColumnSums() / others.RowCount), penalty);
        }))];
        int chosen = RidgeLeaveOneOut.Choose(new ScaledRows(Aligned(donors)), true, new ScaledRows(Aligned(outside)), penalties, new ParallelOptions()).Index;
        Assert.Equal(errors.Min(), errors[chosen], errors.Min() * 1e-9);
    }

    /// <summary>
    /// Of tens of thousands of donors most penalties are ruled out by a sample; the choice is that of all penalties on all donors. With outliers
    /// of high leverage nothing is ruled out.
    /// </summary>
    [Theory]
    [InlineData(1, 0.3, 0, 0)]
    [InlineData(2, 3, 50, 0)]
    [InlineData(3, 30, 0, 0)]
    [InlineData(4, 3, 0, 3)]
    public void Choice_among_many_donors_is_that_of_all_of_them(int seed, double noise, double level, int outliers)
    {
        System.Random random = new(seed);
        int rows = RidgeCandidates.FewestDonors + 1234;
        AlignedMatrix donors = new(rows, 7);
        for (int i = 0; i < rows; i++)
        {
            double factor = random.NextDouble() - 0.5;
            for (int k = 0; k < 7; k++)
            {
                donors[i, k] = level + (i < outliers ? 1e4 * (k + i) : 0) + (factor * k) + (noise * (random.NextDouble() - 0.5));
            }
        }

        AlignedMatrix outside = new(3, 7);
        double[] penalties = [.. RidgeLeaveOneOut.DefaultPenalties.Select(penalty => penalty * 100)];
        ScaledRows all = new(donors);
        ScaledRows others = new(outside);
        RidgeGoals goals = new(all, donorsAreGoals: true, others);
        double[] errors = goals.Errors(penalties, new ParallelOptions());
        int expected = Array.IndexOf(errors, errors.Min());

        int[] candidates = RidgeCandidates.Of(goals, rows, penalties, new ParallelOptions());
        Assert.Contains(expected, candidates);
        Assert.Equal(outliers > 0, candidates.Length == penalties.Length);
        Assert.Equal(expected, RidgeLeaveOneOut.Choose(all, true, others, penalties, new ParallelOptions()).Index);
        Assert.Equal(expected, RidgeLeaveOneOut.Choose(all, true, others, penalties, new ParallelOptions { MaxDegreeOfParallelism = 1 }).Index);
    }

    /// <summary>As many donors as features, two of which say nothing: two directions are outside the span, and both must count.</summary>
    [Fact]
    public void Two_empty_directions_of_a_square_matrix_count() => Choice_equals_refitting_without_each_row(new DonorSet(
        new Grid(4, 4, [0, 0, 1, 0, 0, 1, -1, -1, -1, 0, 1, 1, 1, 0, 1, 1]), 3, IsRepetitive: true));

    /// <summary>R of many rows, taken a block at a time: R'R = A'A, with a feature that repeats another and one of zeros.</summary>
    [Property(MaxTest = 50, Arbitrary = [typeof(TallMatrices)])]
    public void Triangle_of_many_rows_has_their_products(Grid grid)
    {
        Matrix<double> a = Dense(grid) + 3;
        int features = a.ColumnCount;
        if (features > 2)
        {
            a.SetColumn(1, a.Column(0));
            a.SetColumn(2, Vector<double>.Build.Dense(a.RowCount));
        }

        AlignedMatrix triangle = ThinQr.R(new ScaledRows(Aligned(a)));
        Matrix<double> r = Matrix<double>.Build.Dense(features, features, (i, j) => triangle[i, j]);
        Matrix<double> expected = a.TransposeThisAndMultiply(a);
        Assert.True((r.TransposeThisAndMultiply(r) - expected).FrobeniusNorm() <= 1e-13 * expected.FrobeniusNorm());
        Assert.All(r.EnumerateIndexed().Where(e => e.Item1 > e.Item2), e => Assert.Equal(0, e.Item3));
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
        int chosen = RidgeLeaveOneOut.Choose(new ScaledRows(Aligned(donors)), true, new ScaledRows(new AlignedMatrix(0, features)), penalties, new ParallelOptions()).Index;
        Assert.Equal(Array.IndexOf(errors, errors.Min()), chosen);
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

    private static Matrix<double> Dense(Grid grid) => Matrix<double>.Build.Dense(grid.Rows, grid.Columns, (i, j) => grid[i, j]);

    private static AlignedMatrix Aligned(Matrix<double> matrix)
        => AlignedMatrix.FromRowMajor(matrix.ToRowMajorArray(), matrix.RowCount, matrix.ColumnCount);

    /// <summary>Donors, what is added to each number, and whether features repeat each other.</summary>
    public sealed record DonorSet(Grid Donors, double Offset, bool IsRepetitive);

    private static class DonorSets
    {
        public static Arbitrary<DonorSet> Sets() => Arb.From(
            from donors in Gen.Frequency((9, Generators.Matrices(4, 11, 2, 9)), (1, Generators.Matrices(40, 66, 2, 4)))
            from offset in Gen.Elements(0.0, 1, 3)
            from isRepetitive in Gen.Elements(false, true)
            select new DonorSet(donors, offset, isRepetitive),
            set => Generators.Shrink(set.Donors)
                .Where(donors => donors is { Rows: >= 4, Columns: >= 2 }).Select(donors => set with { Donors = donors }));
    }

    private static class TallMatrices
    {
        public static Arbitrary<Grid> Matrices() => Arb.From(
            Gen.Frequency((4, Generators.Matrices(9, 140, 1, 9)), (1, Generators.Matrices(256, 400, 1, 9))),
            grid => Generators.Shrink(grid).Where(smaller => smaller.Rows >= 9));
    }
}
