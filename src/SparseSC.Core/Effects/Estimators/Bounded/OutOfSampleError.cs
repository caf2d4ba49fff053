using SparseSC.Core.Models;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>Bounds of the error that outcomes after the treatment have around the prediction.</summary>
/// <remarks>Source: Cattaneo, Feng, Titiunik (2021), section 4.2; Cattaneo, Feng, Palomba, Titiunik (2025).</remarks>
internal static class OutOfSampleError
{
    // The interquartile range of a standard normal number.
    private const double Quartiles = 1.34;
    private const double Rounding = 1e-10;

    /// <summary>Bounds per row of <paramref name="after"/>.</summary>
    /// <param name="basis">The fit.</param>
    /// <param name="after">What explains the errors wanted.</param>
    /// <param name="method">How.</param>
    /// <param name="alpha">Probability that an error lies outside.</param>
    public static (double Low, double High)[] Of(IntervalBasis basis, double[][] after, OutOfSampleMethod method, double alpha)
    {
        double share = alpha / 2;
        double[][] design = basis.Design;
        double[] residuals = basis.Kept;
        if (method == OutOfSampleMethod.Quantile)
        {
            double[][] quantiles = Quantiles(design, residuals, [share, 1 - share]);
            return [.. after.Select(row => (Product(row, quantiles[0]), Product(row, quantiles[1])))];
        }

        double[] means = Regress(design, residuals);
        double[] rest = QuantileRegression.Residual(design, residuals, means);
        double largest = rest.Max(Math.Abs);
        if (largest <= Rounding * Math.Max(residuals.Max(Math.Abs), basis.Synthetic.Max(Math.Abs)))
        {
            return [.. after.Select(row => (Product(row, means), Product(row, means)))];
        }

        // A residual that happens to be 0 has no logarithm.
        double[] logs = [.. rest.Select(error => 2 * Math.Log(Math.Max(Math.Abs(error), Rounding * largest)))];
        double[] variance = Regress(design, logs);
        double[][] quarters = Quantiles(design, rest, [0.25, 0.75]);
        double[] standard = [.. rest.Select((error, t) => error / Math.Exp(Product(design[t], variance) / 2)).Order()];
        double half = Math.Sqrt(-2 * Math.Log(share));
        (double lower, double upper) = method == OutOfSampleMethod.Gaussian
            ? (-half, half)
            : (SampleQuantile.Of(standard, share), SampleQuantile.Of(standard, 1 - share));
        return [.. after.Select(row =>
        {
            double mean = Product(row, means);
            double spread = Math.Abs(Product(row, quarters[1]) - Product(row, quarters[0])) / Quartiles;
            double size = Math.Min(Math.Exp(Product(row, variance) / 2), spread);
            return (mean + (lower * size), mean + (upper * size));
        })];
    }

    // Beside a constant nothing has to keep quantiles from crossing.
    private static double[][] Quantiles(double[][] design, double[] target, double[] taus)
    {
        if (design[0].Length > 1)
        {
            return QuantileRegression.Restricted(design, target, taus);
        }

        double[] sorted = [.. target.Order()];
        return [.. taus.Select(tau => new[] { SampleQuantile.Of(sorted, tau) })];
    }

    private static double[] Regress(double[][] design, double[] target) =>
        new ShrunkRegression([.. Enumerable.Range(0, design[0].Length).Select(k => design.Select(row => row[k]).ToArray())], target).Within(double.PositiveInfinity);

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
