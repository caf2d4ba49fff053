using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Random;

namespace SparseSC.Numerics.Tests;

public class NonNegativeLeastSquaresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_column_would_make_it_better(int seed)
    {
        System.Random random = new(seed);
        double[][] columns = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 5).Select(_ => random.NextDouble() - 0.5).ToArray())];
        double[] target = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble() - 0.5)];
        double[] found = NonNegativeLeastSquares.Solve(columns, target);
        double[] rest = [.. target.Select((value, i) => value - columns.Select((column, j) => found[j] * column[i]).Sum())];
        for (int j = 0; j < columns.Length; j++)
        {
            double slope = columns[j].Zip(rest, (a, b) => a * b).Sum();
            Assert.True(found[j] >= 0 && slope <= 1e-9 && (found[j] == 0 || slope >= -1e-9));
        }
    }

    [Fact]
    public void The_shortest_point_of_a_polyhedron_lies_on_its_border()
    {
        double[] nearest = NonNegativeLeastSquares.Shortest([[1, 1], [1, 0]], [2, -5])!;
        Assert.Equal([1.0, 1.0], nearest.Select(value => Math.Round(value, 9)));
        Assert.Equal([0.0, 0.0], NonNegativeLeastSquares.Shortest([[1, 1]], [-1])!.Select(value => Math.Round(value, 9)));
        Assert.Null(NonNegativeLeastSquares.Shortest([[1, 0], [-1, 0]], [1, 1]));
    }

    [Fact]
    public void The_lowest_of_many_minima_is_found()
    {
        static double Rastrigin(double[] x) => x.Sum(value => ((value - 1) * (value - 1)) - Math.Cos(2 * Math.PI * (value - 1)) + 1);
        (double[] point, double value) = new DifferentialEvolution(Rastrigin, -5, 5, new MersenneTwister(4)).Search([[4, 4, 4]], 40, 300);
        Assert.InRange(value, 0, 1e-6);
        Assert.All(point, x => Assert.Equal(1, x, 1e-3));
    }
}
