using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Numerics.Tests;

/// <summary>Weights in blocks that minimise a quadratic function.</summary>
public class SimplexBlocksTests
{
    [Theory]
    [InlineData(6, 30, 1)]
    [InlineData(30, 8, 1)]
    [InlineData(10, 40, 4)]
    [InlineData(25, 60, 6)]
    public void No_feasible_direction_descends(int rows, int count, int blocks)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Least objective = new(rows, count, seed, linear: seed % 2 == 0);
            int[] of = [.. Enumerable.Range(0, count).Select(i => i % blocks)];
            double[] totals = [.. Enumerable.Range(0, blocks).Select(b => b + 1.0)];
            double[] weights = new SimplexBlocks(objective, of, totals).Solve();
            double[] gradient = new double[count];
            objective.Gradient(weights, gradient);
            Assert.All(weights, weight => Assert.True(weight >= 0));
            for (int b = 0; b < blocks; b++)
            {
                int[] members = [.. Enumerable.Range(0, count).Where(i => of[i] == b)];
                Assert.Equal(totals[b], members.Sum(i => weights[i]), 1e-12);
                double least = members.Min(i => gradient[i]);
                Assert.All(members.Where(i => weights[i] > 1e-9), i => Assert.InRange(gradient[i] - least, 0, 1e-7));
            }
        }
    }

    [Fact]
    public void One_block_without_a_linear_term_is_the_nearest_point_of_a_hull()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Least objective = new(20, 15, seed, linear: false);
            AlignedMatrix points = new(20, 15);
            for (int k = 0; k < 20; k++)
            {
                for (int j = 0; j < 15; j++)
                {
                    points[k, j] = objective.Points[j][k];
                }
            }

            double[] expected = new SimplexLeastSquares().Solve(points);
            double[] actual = new SimplexBlocks(objective, new int[15], [1]).Solve();
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [Fact]
    public void A_start_changes_no_weight()
    {
        Least objective = new(12, 40, 3, linear: true);
        SimplexBlocks blocks = new(objective, new int[40], [1]);
        double[] cold = blocks.Solve();
        double[] warm = blocks.Solve([.. Enumerable.Repeat(1.0 / 40, 40)]);
        Assert.All(cold.Zip(warm), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Equal_points_share_their_weight()
    {
        Least objective = new(5, 4, 1, linear: false);
        objective.Points[3] = objective.Points[0];
        double[] weights = new SimplexBlocks(objective, new int[4], [1]).Solve();
        Assert.Equal(weights[0], weights[3], 1e-3);
    }

    // ‖Σ w_j p_j‖² + c'w of points that look random.
    private sealed class Least : IBlockQuadratic
    {
        private readonly double[] _linear;

        public Least(int rows, int count, int seed, bool linear)
        {
            System.Random random = new(seed);
            Points = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.3).ToArray())];
            _linear = [.. Enumerable.Range(0, count).Select(_ => linear ? random.NextDouble() : 0)];
        }

        public double[][] Points { get; }

        public int Count => Points.Length;

        public void Gradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            double[] sum = new double[Points[0].Length];
            for (int j = 0; j < Count; j++)
            {
                for (int k = 0; k < sum.Length; k++)
                {
                    sum[k] += weights[j] * Points[j][k];
                }
            }

            for (int j = 0; j < Count; j++)
            {
                gradient[j] = (2 * Points[j].Zip(sum, (x, y) => x * y).Sum()) + _linear[j];
            }
        }

        public double Curvature(int row, int column) => 2 * Points[row].Zip(Points[column], (x, y) => x * y).Sum();
    }
}
