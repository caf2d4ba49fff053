using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Numerics.Tests;

/// <summary>Projection and searches on functions whose solution is known.</summary>
public class OptimizationTests
{
    [Fact]
    public void Projection_is_the_nearest_point_of_the_simplex()
    {
        System.Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            int n = random.Next(1, 8);
            double[] point = [.. Enumerable.Range(0, n).Select(_ => (random.NextDouble() * 4) - 2)];
            double[] projected = new double[n];
            SimplexProjection.Project(point, projected, new double[n]);
            Assert.Equal(1, projected.Sum(), 12);
            Assert.All(projected, x => Assert.True(x >= 0));
            for (int other = 0; other < 20; other++)
            {
                double[] weights = [.. Enumerable.Range(0, n).Select(_ => -Math.Log(1 - random.NextDouble()))];
                double sum = weights.Sum();
                Assert.True(Distance(point, projected) <= Distance(point, [.. weights.Select(w => w / sum)]) + 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(FeasibleSet.Orthant)]
    [InlineData(FeasibleSet.Simplex)]
    public void Both_searches_find_the_nearest_feasible_point(FeasibleSet set)
    {
        double[] target = [0.9, -0.3, 0.5, 0.2];
        double[] expected = new double[4];
        if (set == FeasibleSet.Simplex)
        {
            SimplexProjection.Project(target, expected, new double[4]);
        }
        else
        {
            expected = [0.9, 0, 0.5, 0.2];
        }

        double[] cdl = new double[4];
        double[] newton = new double[4];
        Assert.False(new CoordinateDescentLineSearch().Minimize(new Distance2(target), cdl, new SearchOptions(set, 1e-12, 50)).Failed);
        Assert.False(new ProjectedNewtonSearch().Minimize(new Distance2(target), newton, new SearchOptions(set, GradientTolerance: 1e-10)).Failed);
        for (int k = 0; k < 4; k++)
        {
            // The reference's search ends where its line search does, some way off.
            Assert.Equal(expected[k], cdl[k], 1);
            Assert.Equal(expected[k], newton[k], 9);
        }
    }

    [Fact]
    public void Newton_leaves_a_saddle()
    {
        // x²(x² − 2) + (y − 1)²: at x = 0 the slope vanishes in no feasible direction but x's curvature is negative.
        double[] point = [0.05, 0.5];
        Assert.False(new ProjectedNewtonSearch().Minimize(new DoubleWell(), point, new SearchOptions(GradientTolerance: 1e-10)).Failed);
        Assert.Equal(1, point[0], 8);
        Assert.Equal(1, point[1], 8);
    }

    [Fact]
    public void A_search_can_be_cancelled()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new CoordinateDescentLineSearch().Minimize(new Distance2([1, 2]), new double[2], new SearchOptions(), source.Token));
        Assert.Throws<OperationCanceledException>(() => new ProjectedNewtonSearch().Minimize(new Distance2([1, 2]), new double[2], new SearchOptions(), source.Token));
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    /// <summary>1 + ½‖v − target‖².</summary>
    private sealed class Distance2(double[] target) : ITwiceDifferentiable
    {
        public int Dimension => target.Length;

        public double Value(ReadOnlySpan<double> point) => 1 + (0.5 * Distance(point.ToArray(), target));

        public void Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            for (int k = 0; k < target.Length; k++)
            {
                gradient[k] = point[k] - target[k];
            }
        }

        public void Hessian(ReadOnlySpan<double> point, ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
        {
            hessian.Reshape(coordinates.Length, coordinates.Length);
            hessian.Clear();
            for (int a = 0; a < coordinates.Length; a++)
            {
                hessian[a, a] = 1;
            }
        }
    }

    private sealed class DoubleWell : ITwiceDifferentiable
    {
        public int Dimension => 2;

        public double Value(ReadOnlySpan<double> p) => (p[0] * p[0] * ((p[0] * p[0]) - 2)) + ((p[1] - 1) * (p[1] - 1));

        public void Gradient(ReadOnlySpan<double> p, Span<double> gradient)
        {
            gradient[0] = 4 * p[0] * ((p[0] * p[0]) - 1);
            gradient[1] = 2 * (p[1] - 1);
        }

        public void Hessian(ReadOnlySpan<double> p, ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
        {
            hessian.Reshape(coordinates.Length, coordinates.Length);
            hessian.Clear();
            for (int a = 0; a < coordinates.Length; a++)
            {
                hessian[a, a] = coordinates[a] == 0 ? (12 * p[0] * p[0]) - 4 : 2;
            }
        }
    }
}
