using SparseSC.Numerics.Regression;

namespace SparseSC.Numerics.Tests;

public class QuantileRegressionTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.25)]
    [InlineData(3, 0.9)]
    [InlineData(4, 0.025)]
    public void A_line_through_two_points_is_best(int seed, double tau)
    {
        System.Random random = new(seed);
        double[][] rows = [.. Enumerable.Range(0, 15).Select(_ => new[] { random.NextDouble() * 4, 1 })];
        double[] target = [.. rows.Select(row => (2 * row[0]) + random.NextDouble())];
        double least = double.PositiveInfinity;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double slope = (target[i] - target[j]) / (rows[i][0] - rows[j][0]);
                least = Math.Min(least, Loss(rows, target, [slope, target[i] - (slope * rows[i][0])], tau));
            }
        }

        Assert.Equal(least, Loss(rows, target, QuantileRegression.Fit(rows, target, tau), tau), 1e-8);
    }

    [Fact]
    public void Restricted_quantiles_do_not_cross()
    {
        System.Random random = new(5);
        double[][] rows = [.. Enumerable.Range(0, 30).Select(_ => new[] { random.NextDouble(), 1 })];
        double[] target = [.. rows.Select(row => row[0] + ((1 + row[0]) * random.NextDouble()))];
        double[][] found = QuantileRegression.Restricted(rows, target, [0.1, 0.5, 0.9]);
        Assert.All(rows, row =>
        {
            double[] values = [.. found.Select(coefficients => (coefficients[0] * row[0]) + coefficients[1])];
            Assert.True(values[0] < values[1] && values[1] < values[2]);
        });
    }

    [Fact]
    public void Without_residuals_every_quantile_is_the_line()
    {
        double[][] rows = [.. Enumerable.Range(0, 8).Select(i => new[] { i, 1.0 })];
        double[][] found = QuantileRegression.Restricted(rows, [.. rows.Select(row => 3 - row[0])], [0.1, 0.9]);
        Assert.All(found, coefficients => Assert.Equal(-1, coefficients[0], 1e-8));
    }

    private static double Loss(double[][] rows, double[] target, double[] coefficients, double tau) =>
        QuantileRegression.Residual(rows, target, coefficients).Sum(residual => residual * (residual < 0 ? tau - 1 : tau));
}
