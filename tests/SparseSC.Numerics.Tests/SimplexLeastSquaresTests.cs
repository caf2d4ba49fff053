using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Statistics;

namespace SparseSC.Numerics.Tests;

/// <summary>Exact simplex weights, order statistics, combinations and Student's t.</summary>
public class SimplexLeastSquaresTests
{
    /// <summary>Optimal means: feasible, and no point would bring the mean nearer.</summary>
    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(2, 40, 12)]
    [InlineData(3, 12, 60)]
    [InlineData(4, 200, 20)]
    [InlineData(5, 1, 4)]
    public void Weights_are_optimal(int seed, int points, int dimensions)
    {
        System.Random random = new(seed);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            double[,] p = new double[points, dimensions];
            for (int i = 0; i < points; i++)
            {
                for (int k = 0; k < dimensions; k++)
                {
                    // Half the points are copies of others, exactly or but for a little: dependent on purpose.
                    p[i, k] = i % 2 == 1 ? p[i - 1, k] + (repeat % 4 < 2 ? 0 : 1e-5 * random.NextDouble()) : random.NextDouble() - (repeat % 2 == 0 ? 0.5 : 0.2);
                }
            }

            double[] gram = Gram(p);
            double[] weights = SimplexLeastSquares.Solve(gram, points);
            Assert.All(weights, weight => Assert.InRange(weight, 0, 1 + 1e-12));
            Assert.Equal(1, weights.Sum(), 1e-12);
            double[] products = [.. Enumerable.Range(0, points).Select(j => Enumerable.Range(0, points).Sum(i => weights[i] * gram[(j * points) + i]))];
            double norm = products.Zip(weights, (a, b) => a * b).Sum();
            Assert.True(products.Min() >= norm - 1e-10, $"A gain of {norm - products.Min():E1} was left.");
        }
    }

    [Fact]
    public void A_target_among_the_points_is_met()
    {
        double[,] p = { { 1, 0 }, { 0, 0 }, { 0, 1 } };
        Assert.Equal([0, 1, 0], SimplexLeastSquares.Solve(Gram(p), 3));
        Assert.Equal(1, SimplexLeastSquares.Solve(new double[9], 3).Sum());
    }

    [Fact]
    public void Selection_agrees_with_sorting()
    {
        System.Random random = new(8);
        foreach (int length in new[] { 1, 2, 31, 33, 1000, 4097 })
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => (double)random.Next(length / 2 + 1))];
            double[] sorted = [.. values.Order()];
            foreach (int rank in new[] { 0, length / 3, length - 1 })
            {
                Assert.Equal(sorted[rank], OrderStatistic.Select([.. values], rank));
            }
        }
    }

    [Theory]
    [InlineData(200, 3, 1313400)]
    [InlineData(60, 3, 34220)]
    [InlineData(5, 5, 1)]
    [InlineData(4, 5, 0)]
    [InlineData(1000, 500, long.MaxValue)]
    public void Combinations_are_counted(int count, int size, long expected) => Assert.Equal(expected, Combinations.Count(count, size));

    [Fact]
    public void Every_subset_is_drawn_equally_often()
    {
        int[] drawn = Combinations.Sample(20000, 5, 2, 3);
        int[] counts = [.. drawn.Chunk(2).GroupBy(pair => (pair.Min(), pair.Max())).Select(group => group.Count())];
        Assert.Equal(10, counts.Length);

        // Five standard deviations of a count of 2000.
        Assert.All(counts, count => Assert.InRange(count, 1790, 2210));
        Assert.All(drawn.Chunk(2), pair => Assert.NotEqual(pair[0], pair[1]));
    }

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(2.1, 1)]
    [InlineData(-1.3, 14)]
    [InlineData(4, 200)]
    [InlineData(30, 5)]
    [InlineData(0, 7)]
    public void Student_agrees_with_an_independent_library(double t, double degrees)
    {
        double expected = 2 * MathNet.Numerics.Distributions.StudentT.CDF(0, 1, degrees, -Math.Abs(t));
        Assert.Equal(1, StudentT.TwoSidedP(t, degrees) / expected, 1e-11);
    }

    private static double[] Gram(double[,] points)
    {
        int n = points.GetLength(0);
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < points.GetLength(1); k++)
                {
                    gram[(i * n) + j] += points[i, k] * points[j, k];
                }
            }
        }

        return gram;
    }
}
