using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Objectives;
using SparseSC.Core.Tests.Reference;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>
/// The one search whose end the reference's rounding decides, against the same search with every value and gradient computed in
/// decimal arithmetic (28 digits): ours follows the exact path, the reference's does not.
/// </summary>
public class ExactPathTests
{
    [Fact]
    public void Our_search_follows_the_exact_path_where_rounding_decides()
    {
        ReferenceCase reference = new("fit-prospective-restricted-signal");
        FitProblem problem = new(FitCase.Data(reference), FitCase.Options(reference));
        System.Text.Json.JsonElement validation = reference.Outputs.GetProperty("cv")[0];
        double lambda = validation.GetProperty("v_pen").Numbers()[0];
        double w = validation.GetProperty("w_pen").Numbers()[0];
        const int Fold = 3;
        FoldObjectiveData data = problem.Search(problem.CvFolds[Fold].Train).Folds!;
        FoldObjective ours = new();
        ours.Bind(data, w, lambda);
        DecimalObjective exact = new(problem, data.Blocks[0].Targets, w, lambda);
        SearchOptions options = new(FeasibleSet.Simplex);
        double[] v = new double[ours.Dimension];
        double[] exactV = new double[ours.Dimension];
        new CoordinateDescentLineSearch().Minimize(ours, v, options);
        new CoordinateDescentLineSearch().Minimize(exact, exactV, options);

        SearchWorker worker = new("cdl");
        double score = worker.Score(problem.Scoring(Fold), w, v);
        double exactScore = worker.Score(problem.Scoring(Fold), w, exactV);
        double referenceScore = validation.GetProperty("folds")[Fold].GetProperty("scores").Numbers()[0];
        Close.Equal(exactScore, score, 1e-3, "score on the exact path");
        Assert.True(Math.Abs(referenceScore - exactScore) > 1e-2 * exactScore, "the reference left the exact path");

        double[] gradient = new double[v.Length];
        double[] exactGradient = new double[v.Length];
        ours.Gradient(exactV, gradient);
        exact.Gradient(exactV, exactGradient);
        Close.Equal(exact.Value(exactV), ours.Value(exactV), 1e-14, "value");
        Close.Equal(exactGradient, gradient, 1e-12, "gradient");
    }

    /// <summary>Γ of a cross-train problem by the textbook formulas in decimal arithmetic.</summary>
    private sealed class DecimalObjective(FitProblem problem, int[] targets, double w, double lambda) : IObjective
    {
        public int Dimension => problem.Data.Features;

        public double Value(ReadOnlySpan<double> point) => Evaluate(point.ToArray()).Value;

        public void Gradient(ReadOnlySpan<double> point, Span<double> gradient) => Evaluate(point.ToArray()).Gradient.CopyTo(gradient);

        private (double Value, double[] Gradient) Evaluate(double[] point)
        {
            int features = Dimension;
            int periods = problem.Data.Targets;
            int[] donors = problem.ControlUnits;
            decimal[] v = [.. point.Select(Exact)];
            decimal[] meanX = [.. Enumerable.Range(0, features).Select(k => donors.Sum(i => Exact(problem.Data.X[i, k])) / donors.Length)];
            decimal[] meanY = [.. Enumerable.Range(0, periods).Select(t => donors.Sum(i => Exact(problem.Data.Y[i, t])) / donors.Length)];
            decimal[,] system = new decimal[features, features];
            decimal[,] p = new decimal[features, periods];
            foreach (int i in donors)
            {
                for (int a = 0; a < features; a++)
                {
                    decimal x = Exact(problem.Data.X[i, a]);
                    for (int b = 0; b < features; b++)
                    {
                        system[a, b] += x * Exact(problem.Data.X[i, b]) * v[b];
                    }

                    for (int t = 0; t < periods; t++)
                    {
                        p[a, t] += x * Exact(problem.Data.Y[i, t]);
                    }
                }
            }

            for (int k = 0; k < features; k++)
            {
                system[k, k] += Exact(w);
            }

            decimal[,] q = Solve(system, p);
            decimal loss = 0;
            decimal[,] products = new decimal[features, periods];
            foreach (int i in targets)
            {
                for (int t = 0; t < periods; t++)
                {
                    decimal e = Exact(problem.Data.Y[i, t]) - meanY[t];
                    for (int k = 0; k < features; k++)
                    {
                        e -= q[k, t] * v[k] * (Exact(problem.Data.X[i, k]) - meanX[k]);
                    }

                    loss += e * e;
                    for (int k = 0; k < features; k++)
                    {
                        products[k, t] += (Exact(problem.Data.X[i, k]) - meanX[k]) * e;
                    }
                }
            }

            decimal[,] residuals = Solve(system, products);
            double[] gradient = new double[features];
            for (int k = 0; k < features; k++)
            {
                decimal sum = 0;
                for (int t = 0; t < periods; t++)
                {
                    sum += residuals[k, t] * q[k, t];
                }

                gradient[k] = (double)(Exact(lambda) - (2 * Exact(w) * sum));
            }

            return ((double)(loss + (Exact(lambda) * v.Sum())), gradient);
        }

        /// <summary>The cast alone keeps 15 digits; the rest is added.</summary>
        private static decimal Exact(double value)
        {
            decimal rounded = (decimal)value;
            return rounded + (decimal)(value - (double)rounded);
        }

        private static decimal[,] Solve(decimal[,] matrix, decimal[,] right)
        {
            int n = matrix.GetLength(0);
            int columns = right.GetLength(1);
            decimal[,] a = (decimal[,])matrix.Clone();
            decimal[,] b = (decimal[,])right.Clone();
            for (int i = 0; i < n; i++)
            {
                for (int r = i + 1; r < n; r++)
                {
                    decimal factor = a[r, i] / a[i, i];
                    for (int c = i; c < n; c++)
                    {
                        a[r, c] -= factor * a[i, c];
                    }

                    for (int c = 0; c < columns; c++)
                    {
                        b[r, c] -= factor * b[i, c];
                    }
                }
            }

            for (int i = n - 1; i >= 0; i--)
            {
                for (int c = 0; c < columns; c++)
                {
                    for (int j = i + 1; j < n; j++)
                    {
                        b[i, c] -= a[i, j] * b[j, c];
                    }

                    b[i, c] /= a[i, i];
                }
            }

            return b;
        }
    }
}
