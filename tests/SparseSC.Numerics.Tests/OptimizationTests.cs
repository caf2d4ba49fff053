using FsCheck.Xunit;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Numerics.Tests;

/// <summary>Projection and searches on functions whose solution is known.</summary>
public class OptimizationTests
{
    /// <summary>p is nearest to x exactly when (x − p)·(q − p) ≤ 0 for every corner q, and so for every point of the simplex.</summary>
    [Property(MaxTest = 400, Arbitrary = [typeof(Generators)])]
    public void Projection_is_the_nearest_point_of_the_simplex(Grid row)
    {
        double[] point = [.. row.Values.Select(x => 3 * x)];
        double[] projected = new double[point.Length];
        SimplexProjection.Project(point, projected, new double[point.Length]);
        Assert.Equal(1, projected.Sum(), 1e-12);
        Assert.All(projected, x => Assert.True(x >= 0));
        double[] way = [.. point.Zip(projected, (x, p) => x - p)];
        double inner = way.Zip(projected, (w, p) => w * p).Sum();
        Assert.All(way, corner => Assert.True(corner <= inner + 1e-12, $"A corner lies {corner - inner:E1} nearer to the way."));
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
