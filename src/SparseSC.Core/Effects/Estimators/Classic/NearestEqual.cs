using MathNet.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Classic;

/// <summary>Of all weights of predictors that lead to the same weights of donors, those nearest to equal ones.</summary>
/// <remarks>
/// At fixed w the conditions of the inner minimum are linear in v: with r = D w, Σ_k v_k r_k (D_kj − r_k) is 0 for donors with a weight and not negative for
/// others. Many v fulfil them, and which one is taken decides the weights as soon as v is used with other predictors.
/// </remarks>
internal static class NearestEqual
{
    private const double Weightless = 1e-7;
    private const double Dependent = 1e-8;

    /// <summary>The nearest v, with sum one.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="v">A v that leads to the weights.</param>
    /// <returns><paramref name="v"/> itself where rounding leaves no other that matches as well.</returns>
    public static double[] Of(ClassicProblem problem, double[] v)
    {
        double[] weights = problem.Weights(v);
        double[][] conditions = [.. Enumerable.Range(0, weights.Length).Select(j => Condition(problem, weights, j))];
        double[][] equal = [[.. v.Select(_ => 1.0)], .. conditions.Where((row, j) => weights[j] > Weightless && row.Any(value => value != 0)).Select(Normalised)];
        Matrix<double> free = Free(equal, v.Length);
        if (free.ColumnCount == 0)
        {
            return v;
        }

        // v + N t, as near to equal weights as the signs of v and the conditions of donors without a weight allow.
        double[] rest = [.. v.Select(value => (1.0 / v.Length) - value)];
        Vector<double> nearest = free.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(rest));
        double[][] all =
        [
            .. Enumerable.Range(0, v.Length).Select(k => v.Select((_, l) => l == k ? 1.0 : 0).ToArray()),
            .. conditions.Where((row, j) => weights[j] <= Weightless && row.Any(value => value != 0)).Select(Normalised),
        ];
        double[][] rows = [.. all.Select(row => free.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(row)).ToArray())];
        double[] limits = [.. all.Select((row, i) => Math.Min(0, -Product(row, v)) - Product(rows[i], [.. nearest]))];
        if (NonNegativeLeastSquares.Shortest(rows, limits) is not { } shift)
        {
            return v;
        }

        Vector<double> moved = free.Multiply(nearest + Vector<double>.Build.DenseOfArray(shift));
        double[] found = [.. v.Select((value, k) => Math.Max(0, value + moved[k]))];
        double sum = found.Sum();
        found = [.. found.Select(value => value / sum)];
        double before = problem.Loss(weights);
        double size = Math.Max(before, 1e-12 * problem.Loss([.. weights.Select(_ => 1.0 / weights.Length)]));
        return Math.Abs(problem.Loss(problem.Weights(found)) - before) <= 1e-7 * size ? found : v;
    }

    private static double[] Condition(ClassicProblem problem, double[] weights, int donor) =>
    [
        .. problem.Differences.Select(row =>
        {
            double rest = Product(row, weights);
            return rest * (row[donor] - rest);
        }),
    ];

    // A basis of the directions in which no condition changes.
    private static Matrix<double> Free(double[][] rows, int columns)
    {
        Matrix<double> padded = Matrix<double>.Build.Dense(Math.Max(rows.Length, columns), columns);
        for (int i = 0; i < rows.Length; i++)
        {
            padded.SetRow(i, rows[i]);
        }

        var svd = padded.Svd();
        int rank = svd.S.Count(value => value > Dependent * svd.S[0]);
        return svd.VT.SubMatrix(rank, columns - rank, 0, columns).Transpose();
    }

    private static double[] Normalised(double[] row)
    {
        double length = Math.Sqrt(Product(row, row));
        return [.. row.Select(value => value / length)];
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
