using MathNet.Numerics.LinearAlgebra;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Numerics.Tests;

/// <summary>The lasso by its optimality conditions, on easy problems and on some that sweeps alone hardly solve.</summary>
public class MultiTaskLassoTests
{
    private static readonly LassoSettings Default = new(LassoSolver.ActiveSet, 1e-12, 100_000);

    /// <summary>B_k ≠ 0: Q_k = λB_k/‖B_k‖; B_k = 0: ‖Q_k‖ ≤ λ, with Q recomputed from B by another library.</summary>
    [Theory]
    [InlineData(1, 60, 12, 4, 0.0)]
    [InlineData(2, 30, 50, 7, 0.0)]
    [InlineData(3, 40, 20, 1, 0.9)]
    [InlineData(4, 38, 55, 12, 0.999)]
    [InlineData(5, 200, 80, 3, 0.9999)]
    public void Solutions_along_the_path_are_optimal(int seed, int rows, int features, int targets, double correlation)
    {
        LassoProblem problem = Problem(seed, rows, features, targets, correlation);
        MultiTaskLasso lasso = new();
        lasso.Bind(problem);
        foreach (double penalty in LassoProblem.Penalties(problem.MaximumPenalty()))
        {
            LassoResult result = lasso.Solve(penalty, Default);
            Assert.True(result.Converged, $"penalty {penalty}: gap {result.DualGap} after {result.Sweeps} sweeps");
            AssertOptimal(problem, lasso.Coefficients, penalty * rows);
        }
    }

    [Theory]
    [InlineData(6, 50, 10, 5, 0.0)]
    [InlineData(7, 50, 10, 1, 0.5)]
    public void Plain_sweeps_and_the_default_find_the_same_minimum(int seed, int rows, int features, int targets, double correlation)
    {
        LassoProblem problem = Problem(seed, rows, features, targets, correlation);
        MultiTaskLasso plain = new();
        MultiTaskLasso fast = new();
        plain.Bind(problem);
        fast.Bind(problem);
        foreach (double penalty in LassoProblem.Penalties(problem.MaximumPenalty()))
        {
            Assert.True(plain.Solve(penalty, new LassoSettings(LassoSolver.Cyclic, 1e-14, 100_000)).Converged);
            Assert.True(fast.Solve(penalty, new LassoSettings(LassoSolver.ActiveSet, 1e-14, 100_000)).Converged);
            for (int k = 0; k < features; k++)
            {
                for (int t = 0; t < targets; t++)
                {
                    Assert.Equal(plain.Coefficients[k, t], fast.Coefficients[k, t], 1e-6);
                }
            }
        }
    }

    /// <summary>Where plain sweeps hit scikit-learn's cap, the default reaches a lower objective with a hundredth of them.</summary>
    [Fact]
    public void Correlated_features_need_few_sweeps()
    {
        LassoProblem problem = Problem(4, 38, 55, 12, 0.9999);
        MultiTaskLasso plain = new();
        MultiTaskLasso fast = new();
        plain.Bind(problem);
        fast.Bind(problem);
        int sweeps = 0;
        int plainSweeps = 0;
        foreach (double penalty in LassoProblem.Penalties(problem.MaximumPenalty()))
        {
            plainSweeps += plain.Solve(penalty, new LassoSettings(LassoSolver.Cyclic, 1e-10, 1000)).Sweeps;
            sweeps += fast.Solve(penalty, new LassoSettings(LassoSolver.ActiveSet, 1e-10, 1000)).Sweeps;
            double lambda = penalty * problem.Rows;
            Assert.True(Objective(problem, fast.Coefficients, lambda) <= Objective(problem, plain.Coefficients, lambda) + (1e-10 * problem.Squares));
        }

        Assert.True(sweeps < plainSweeps / 10, $"{sweeps} against {plainSweeps}");
    }

    [Fact]
    public void Copies_of_a_feature_and_constant_features_do_no_harm()
    {
        Matrix<double> x = Matrix<double>.Build.Random(30, 4, 11);
        Matrix<double> y = Matrix<double>.Build.Random(30, 3, 12) + (x.Column(0).ToColumnMatrix() * Matrix<double>.Build.Dense(1, 3, 4.0));
        Matrix<double> copies = x.Append(x.Column(0).ToColumnMatrix()).Append(Matrix<double>.Build.Dense(30, 1));
        LassoProblem problem = Problem(copies, y);
        MultiTaskLasso lasso = new();
        lasso.Bind(problem);
        MultiTaskLasso single = new();
        single.Bind(Problem(x, y));
        foreach (double penalty in LassoProblem.Penalties(problem.MaximumPenalty()))
        {
            Assert.True(lasso.Solve(penalty, Default).Converged);
            single.Solve(penalty, Default);
            AssertOptimal(problem, lasso.Coefficients, penalty * 30);
            Assert.Equal(0, lasso.GroupNorm(5));
            Assert.Equal(single.GroupNorm(0), lasso.GroupNorm(0) + lasso.GroupNorm(4), 1e-5);
        }
    }

    [Theory]
    [InlineData(LassoSolver.ActiveSet)]
    [InlineData(LassoSolver.Cyclic)]
    public void At_the_maximum_penalty_and_for_constant_targets_all_is_zero(LassoSolver solver)
    {
        LassoSettings settings = new(solver, 1e-10, 1000);
        LassoProblem problem = Problem(8, 20, 5, 2, 0);
        MultiTaskLasso lasso = new();
        lasso.Bind(problem);
        Assert.True(lasso.Solve(problem.MaximumPenalty() * (1 + 1e-12), settings).Converged);
        Assert.All(Enumerable.Range(0, 5), k => Assert.Equal(0, lasso.GroupNorm(k)));
        lasso.Solve(problem.MaximumPenalty() * 0.99, settings);
        Assert.Contains(Enumerable.Range(0, 5), k => lasso.GroupNorm(k) > 0);

        lasso.Bind(new LassoProblem(problem.Gram, new AlignedMatrix(5, 2), 0, 20));
        Assert.True(lasso.Solve(1e-15, settings).Converged);
        Assert.All(Enumerable.Range(0, 5), k => Assert.Equal(0, lasso.GroupNorm(k)));
    }

    [Theory]
    [InlineData(LassoSolver.ActiveSet)]
    [InlineData(LassoSolver.Cyclic)]
    public void A_path_allocates_nothing_the_second_time(LassoSolver solver)
    {
        LassoProblem problem = Problem(4, 38, 55, 12, 0.999);
        double[] penalties = LassoProblem.Penalties(problem.MaximumPenalty());
        LassoSettings settings = new(solver, 1e-6, 200);
        MultiTaskLasso lasso = new();
        lasso.Bind(problem);
        Path();
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Path();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Path()
        {
            lasso.Restart();
            for (int i = 0; i < penalties.Length; i++)
            {
                lasso.Solve(penalties[i], settings);
            }
        }
    }

    [Fact]
    public void A_tolerance_below_rounding_ends_at_the_minimum_all_the_same()
    {
        LassoProblem problem = Problem(10, 40, 12, 3, 0.9);
        MultiTaskLasso lasso = new();
        lasso.Bind(problem);
        double penalty = problem.MaximumPenalty() / 50;
        LassoResult result = lasso.Solve(penalty, new LassoSettings(LassoSolver.ActiveSet, 1e-30, int.MaxValue));
        Assert.False(result.Converged);
        Assert.True(result.DualGap <= 1e-13 * problem.Squares);
        AssertOptimal(problem, lasso.Coefficients, penalty * 40);
    }

    [Fact]
    public void A_cancelled_solve_stops()
    {
        MultiTaskLasso lasso = new();
        LassoProblem problem = Problem(9, 30, 10, 2, 0.9);
        lasso.Bind(problem);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => lasso.Solve(problem.MaximumPenalty() / 10, Default, source.Token));
    }

    private static void AssertOptimal(LassoProblem problem, AlignedMatrix coefficients, double lambda)
    {
        Matrix<double> b = Dense(coefficients);
        Matrix<double> q = Dense(problem.Cross) - (Dense(problem.Gram) * b);

        // A gap of 1e-12 bounds the residuals by its square root.
        double tolerance = (1e-4 * lambda) + (3e-6 * Math.Sqrt(problem.Squares));
        for (int k = 0; k < problem.Features; k++)
        {
            double norm = b.Row(k).L2Norm();
            if (norm == 0)
            {
                Assert.True(q.Row(k).L2Norm() <= lambda + tolerance);
            }
            else
            {
                Assert.True((q.Row(k) - (b.Row(k) * (lambda / norm))).L2Norm() <= tolerance);
            }
        }
    }

    private static double Objective(LassoProblem problem, AlignedMatrix coefficients, double lambda)
    {
        Matrix<double> b = Dense(coefficients);
        double fitted = b.PointwiseMultiply(Dense(problem.Cross) * 2 - (Dense(problem.Gram) * b)).Enumerate().Sum();
        return (0.5 * (problem.Squares - fitted)) + (lambda * b.EnumerateRows().Sum(row => row.L2Norm()));
    }

    /// <summary>Features that share a common part, and targets made of three of them; centred, and scaled to norm 1.</summary>
    private static LassoProblem Problem(int seed, int rows, int features, int targets, double correlation)
    {
        Matrix<double> common = Matrix<double>.Build.Random(rows, 1, seed + 1000);
        Matrix<double> own = Matrix<double>.Build.Random(rows, features, seed);
        Matrix<double> x = (own * Math.Sqrt(1 - correlation)) + (common * Matrix<double>.Build.Dense(1, features, Math.Sqrt(correlation)));
        Matrix<double> loading = Matrix<double>.Build.Dense(features, targets, (k, t) => k < 3 ? 1 + (0.1 * t) - k : 0);
        return Problem(x, (x * loading) + (Matrix<double>.Build.Random(rows, targets, seed + 2000) * 0.3));
    }

    private static LassoProblem Problem(Matrix<double> x, Matrix<double> y)
    {
        Matrix<double> cx = Centre(x);
        Matrix<double> cy = Centre(y);
        for (int k = 0; k < cx.ColumnCount; k++)
        {
            double norm = cx.Column(k).L2Norm();
            cx.SetColumn(k, norm > 0 ? cx.Column(k) / norm : cx.Column(k));
        }

        Matrix<double> gram = cx.TransposeThisAndMultiply(cx);
        Matrix<double> cross = cx.TransposeThisAndMultiply(cy);
        return new LassoProblem(Aligned(gram), Aligned(cross), cy.Enumerate().Sum(v => v * v), x.RowCount);
    }

    private static Matrix<double> Centre(Matrix<double> values)
        => values - (Matrix<double>.Build.Dense(values.RowCount, 1, 1.0) * (values.ColumnSums() / values.RowCount).ToRowMatrix());

    private static AlignedMatrix Aligned(Matrix<double> matrix)
        => AlignedMatrix.FromRowMajor(matrix.ToRowMajorArray(), matrix.RowCount, matrix.ColumnCount);

    private static Matrix<double> Dense(AlignedMatrix matrix)
        => Matrix<double>.Build.Dense(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j]);
}
