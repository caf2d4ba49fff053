using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>Coefficients β that minimise Σ ρ(y − X β), where ρ weighs positive residuals by τ and negative ones by 1 − τ.</summary>
/// <remarks>
/// The dual linear program, max y'a with X'a = (1 − τ) X'1 and 0 ≤ a ≤ 1, by a primal-dual interior point method with Mehrotra's correction. Source: Portnoy and
/// Koenker (1997), "The Gaussian hare and the Laplacian tortoise", Statistical Science 12. Restricted quantiles: He (1997), "Quantile curves without
/// crossing", The American Statistician 51.
/// </remarks>
public static class QuantileRegression
{
    private const int MostSteps = 100;
    private const double Share = 0.99995;
    private const double Gap = 1e-12;

    /// <summary>Fits one quantile.</summary>
    /// <param name="rows">X: n rows of k numbers, of rank k.</param>
    /// <param name="target">y: n numbers.</param>
    /// <param name="tau">τ, in (0, 1).</param>
    /// <returns>k coefficients.</returns>
    public static double[] Fit(double[][] rows, double[] target, double tau)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(target);
        int n = rows.Length;
        double[] a = [.. Enumerable.Repeat(1 - tau, n)];
        double[] coefficients = Weighted(rows, target, [.. Enumerable.Repeat(1.0, n)]);
        double[] above = new double[n];
        double[] below = new double[n];
        double scale = Math.Max(target.Max(Math.Abs), double.Epsilon);
        double[] residual = Residual(rows, target, coefficients);
        for (int i = 0; i < n; i++)
        {
            // Both parts of a residual start off 0.
            double off = 0.001 * scale;
            above[i] = Math.Max(residual[i], 0) + off;
            below[i] = Math.Max(-residual[i], 0) + off;
        }

        for (int step = 0; step < MostSteps; step++)
        {
            double gap = 0;
            for (int i = 0; i < n; i++)
            {
                gap += (above[i] * (1 - a[i])) + (below[i] * a[i]);
            }

            if (!(gap > Gap * scale * n))
            {
                break;
            }

            Advance(rows, target, a, above, below, coefficients, gap);
        }

        return coefficients;
    }

    /// <summary>Quantiles that cannot cross: the median plus a multiple of a scale that is itself a median of absolute residuals.</summary>
    /// <param name="rows">X.</param>
    /// <param name="target">y.</param>
    /// <param name="taus">The quantiles wanted.</param>
    /// <returns>Coefficients of each.</returns>
    public static double[][] Restricted(double[][] rows, double[] target, double[] taus)
    {
        double[] median = Fit(rows, target, 0.5);
        double[] residual = Residual(rows, target, median);
        double[] spread = Fit(rows, [.. residual.Select(Math.Abs)], 0.5);
        double[][] scales = [.. rows.Select(row => new[] { Product(row, spread) })];
        if (scales.All(row => row[0] == 0))
        {
            return [.. taus.Select(_ => median)];
        }

        return [.. taus.Select(tau =>
        {
            double multiple = Fit(scales, residual, tau)[0];
            return median.Zip(spread, (m, s) => m + (multiple * s)).ToArray();
        })];
    }

    /// <summary>y − X β.</summary>
    public static double[] Residual(double[][] rows, double[] target, double[] coefficients) =>
        [.. rows.Select((row, i) => target[i] - Product(row, coefficients))];

    // One step towards X'a = (1 − τ) X'1, y = X β + above − below, above·(1 − a) = below·a = 0.
    private static void Advance(double[][] rows, double[] target, double[] a, double[] above, double[] below, double[] coefficients, double gap)
    {
        int n = rows.Length;
        double[] weights = new double[n];
        double[] rest = Residual(rows, target, coefficients);
        double[] infeasible = new double[n];
        for (int i = 0; i < n; i++)
        {
            weights[i] = 1 / ((above[i] / (1 - a[i])) + (below[i] / a[i]));
            infeasible[i] = rest[i] - above[i] + below[i];
        }

        double[] none = new double[n];
        Direction predicted = Direction.Of(rows, weights, infeasible, a, above, below, none, none);
        (double primal, double dual) = predicted.Lengths(a, above, below);
        double after = 0;
        for (int i = 0; i < n; i++)
        {
            after += ((above[i] + (dual * predicted.Above[i])) * (1 - a[i] - (primal * predicted.A[i])))
                + ((below[i] + (dual * predicted.Below[i])) * (a[i] + (primal * predicted.A[i])));
        }

        double centre = gap / (2 * n) * Math.Pow(after / gap, 3);
        double[] upper = [.. Enumerable.Range(0, n).Select(i => centre + (predicted.A[i] * predicted.Above[i]))];
        double[] lower = [.. Enumerable.Range(0, n).Select(i => centre - (predicted.A[i] * predicted.Below[i]))];
        Direction corrected = Direction.Of(rows, weights, infeasible, a, above, below, upper, lower);
        (primal, dual) = corrected.Lengths(a, above, below);
        for (int i = 0; i < n; i++)
        {
            a[i] += primal * corrected.A[i];
            above[i] += dual * corrected.Above[i];
            below[i] += dual * corrected.Below[i];
        }

        for (int k = 0; k < coefficients.Length; k++)
        {
            coefficients[k] += dual * corrected.Coefficients[k];
        }
    }

    private static double[] Weighted(double[][] rows, double[] right, double[] weights)
    {
        int k = rows[0].Length;
        AlignedMatrix gram = new(k, k);
        AlignedMatrix solution = new(k, 1);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int p = 0; p < k; p++)
            {
                double weighted = weights[i] * rows[i][p];
                solution[p, 0] += weighted * right[i];
                for (int q = 0; q < k; q++)
                {
                    gram[p, q] += weighted * rows[i][q];
                }
            }
        }

        for (int p = 0; p < k; p++)
        {
            gram[p, p] *= 1 + 1e-14;
        }

        if (!Cholesky.TryFactor(gram))
        {
            return new double[k];
        }

        Cholesky.Solve(gram, solution);
        return [.. Enumerable.Range(0, k).Select(p => solution[p, 0])];
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

    /// <summary>A Newton step of all unknowns.</summary>
    private sealed record Direction(double[] A, double[] Above, double[] Below, double[] Coefficients)
    {
        // Δabove = (upper + above·ΔA)/(1 − a) − above, Δbelow = (lower − below·ΔA)/a − below, X Δβ + Δabove − Δbelow = infeasible, X'ΔA = 0.
        public static Direction Of(
            double[][] rows, double[] weights, double[] infeasible, double[] a, double[] above, double[] below, double[] upper, double[] lower)
        {
            int n = rows.Length;
            double[] right = new double[n];
            for (int i = 0; i < n; i++)
            {
                right[i] = infeasible[i] - (upper[i] / (1 - a[i])) + above[i] + (lower[i] / a[i]) - below[i];
            }

            double[] coefficients = Weighted(rows, right, weights);
            double[] inner = Residual(rows, right, coefficients);
            double[] moves = [.. inner.Select((value, i) => weights[i] * value)];
            return new Direction(
                moves,
                [.. moves.Select((move, i) => ((upper[i] + (above[i] * move)) / (1 - a[i])) - above[i])],
                [.. moves.Select((move, i) => ((lower[i] - (below[i] * move)) / a[i]) - below[i])],
                coefficients);
        }

        public (double Primal, double Dual) Lengths(double[] a, double[] above, double[] below)
        {
            double primal = 1;
            double dual = 1;
            for (int i = 0; i < a.Length; i++)
            {
                primal = Math.Min(primal, A[i] < 0 ? -Share * a[i] / A[i] : A[i] > 0 ? Share * (1 - a[i]) / A[i] : 1);
                dual = Math.Min(dual, Above[i] < 0 ? -Share * above[i] / Above[i] : 1);
                dual = Math.Min(dual, Below[i] < 0 ? -Share * below[i] / Below[i] : 1);
            }

            return (primal, dual);
        }
    }
}
