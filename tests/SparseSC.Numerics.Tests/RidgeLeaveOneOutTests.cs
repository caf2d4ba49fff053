using MathNet.Numerics.LinearAlgebra;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Numerics.Tests;

public class RidgeLeaveOneOutTests
{
    /// <summary>The choice against the definition: refit without each row, for each goal, at each penalty.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Choice_equals_refitting_without_each_row(int seed)
    {
        const int Features = 6;
        const int Donors = 9;
        Matrix<double> donors = Matrix<double>.Build.Random(Donors, Features, seed);
        Matrix<double> outside = Matrix<double>.Build.Random(2, Features, seed + 100);
        List<double> errors = [];
        foreach (double penalty in RidgeLeaveOneOut.DefaultPenalties)
        {
            double total = 0;
            for (int i = 0; i < Donors + 2; i++)
            {
                bool inside = i < Donors;
                Vector<double> goal = inside ? donors.Row(i) : outside.Row(i - Donors);
                Matrix<double> others = inside ? donors.RemoveRow(i) : donors;
                total += RefitError(others.Transpose(), goal - (others.ColumnSums() / others.RowCount), penalty);
            }

            errors.Add(total);
        }

        double expected = RidgeLeaveOneOut.DefaultPenalties[errors.IndexOf(errors.Min())];
        Matrix<double> goals = donors.Stack(outside);
        Matrix<double> responses = Matrix<double>.Build.Dense(Donors + 2, Features, (i, k) => i < Donors
            ? goals[i, k] - ((donors.ColumnSums()[k] - goals[i, k]) / (Donors - 1))
            : goals[i, k] - (donors.ColumnSums()[k] / Donors));
        bool[] isDonor = [.. Enumerable.Range(0, Donors + 2).Select(i => i < Donors)];
        double chosen = RidgeLeaveOneOut.Choose(
            Aligned(donors.Transpose() * donors), Aligned(goals), Aligned(responses), isDonor, RidgeLeaveOneOut.DefaultPenalties);
        Assert.Equal(expected, chosen);
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
