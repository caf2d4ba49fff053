using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Numerics.Tests;

/// <summary>How far a linear function goes within an ellipsoid and a further bound.</summary>
public class EllipsoidTests
{
    private const int Size = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bounds_that_do_not_bind_leave_the_closed_form(int seed)
    {
        (AlignedMatrix quadratic, double[] pull, double[] direction) = Problem(seed);
        double expected = Of(new Ellipsoid(quadratic, 0), pull, direction);
        double[] wide = [.. Enumerable.Repeat(1000.0, Size)];
        int[] each = [.. Enumerable.Range(0, Size + 1).Select(k => k < Size ? k : -1)];
        double[] signs = [.. each.Select(_ => 1.0)];
        Assert.Equal(expected, Of(new EllipsoidBall(quadratic, new double[Size], 1e6, 0), pull, direction), 1e-8);
        Assert.Equal(expected, Of(new EllipsoidSimplex(quadratic, wide, each, signs, 2000 * Size), pull, direction), 1e-6);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void No_point_goes_farther_and_nearly_as_far_some_do(int seed)
    {
        (AlignedMatrix quadratic, double[] pull, double[] direction) = Problem(seed);
        double[] weights = [0.4, 0.3, 0.2, 0.1, 0];
        double simplex = Of(new EllipsoidSimplex(quadratic, weights, [0, 1, 2, 3, 4], [1, 1, 1, 1, 1], 1), pull, direction);
        double length = Math.Sqrt(weights.Sum(w => w * w));
        double ball = Of(new EllipsoidBall(quadratic, weights, length, 0), pull, direction);
        (double best, double bestOfBall) = (0, 0);
        System.Random random = new(seed);
        double[] near = [.. weights];
        double[] nearBall = [.. weights];
        for (int i = 0; i < 200_000; i++)
        {
            // Around the best so far, nearer and nearer.
            double reach = Math.Pow(10, -4 * random.NextDouble());
            double[] point = [.. near.Select(w => Math.Max(0, w + (reach * (random.NextDouble() - 0.5))))];
            double sum = point.Sum();
            point = [.. point.Select(w => w / sum)];
            (best, near) = Improve(quadratic, pull, direction, weights, point, best, near);
            double[] turned = [.. nearBall.Select(w => w + (reach * (random.NextDouble() - 0.5)))];
            double scale = Math.Min(1, length / Math.Sqrt(turned.Sum(w => w * w)));
            turned = [.. turned.Select(w => w * scale)];
            (bestOfBall, nearBall) = Improve(quadratic, pull, direction, weights, turned, bestOfBall, nearBall);
        }

        Assert.InRange(best, 0.99 * simplex, simplex + 1e-9);
        Assert.InRange(bestOfBall, 0.99 * ball, ball + 1e-9);
    }

    [Fact]
    public void A_copy_of_a_coordinate_changes_nothing()
    {
        (AlignedMatrix quadratic, double[] pull, double[] direction) = Problem(8);
        AlignedMatrix more = new(Size + 1, Size + 1);
        for (int i = 0; i <= Size; i++)
        {
            for (int j = 0; j <= Size; j++)
            {
                more[i, j] = quadratic[i % Size, j % Size];
            }
        }

        double[] weights = [0.4, 0.3, 0.2, 0.1, 0];
        double plain = Of(new EllipsoidSimplex(quadratic, weights, [0, 1, 2, 3, 4], [1, 1, 1, 1, 1], 1), pull, direction);
        double[] copied = [0.2, 0.3, 0.2, 0.1, 0, 0.2];
        Assert.Equal(plain, Of(new EllipsoidSimplex(more, copied, [0, 1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1], 1), [.. pull, pull[0]], [.. direction, direction[0]]), 1e-7);
    }

    [Fact]
    public void A_point_and_a_direction_without_end_are_said()
    {
        (AlignedMatrix quadratic, double[] pull, double[] direction) = Problem(9);
        Assert.Equal(0, Of(new EllipsoidSimplex(quadratic, new double[Size], [0, 1, 2, 3, 4], [1, 1, 1, 1, 1], 0), pull, direction));
        Assert.Equal(double.PositiveInfinity, Of(new Ellipsoid(new AlignedMatrix(Size, Size), 0), pull, direction));
    }

    private static double Of(IBoundedEllipsoid set, double[] pull, double[] direction)
    {
        set.Pull(pull);
        return set.Largest(direction);
    }

    private static (double Best, double[] Point) Improve(
        AlignedMatrix quadratic, double[] pull, double[] direction, double[] weights, double[] point, double best, double[] before)
    {
        double outside = 0;
        double value = 0;
        for (int i = 0; i < Size; i++)
        {
            double d = point[i] - weights[i];
            value += direction[i] * d;
            outside -= 2 * pull[i] * d;
            for (int j = 0; j < Size; j++)
            {
                outside += d * quadratic[i, j] * (point[j] - weights[j]);
            }
        }

        return outside <= 0 && value > best ? (value, point) : (best, before);
    }

    private static (AlignedMatrix Quadratic, double[] Pull, double[] Direction) Problem(int seed)
    {
        System.Random random = new(seed);
        double[][] rows = [.. Enumerable.Range(0, Size + 2).Select(_ => Enumerable.Range(0, Size).Select(_ => random.NextDouble() - 0.3).ToArray())];
        AlignedMatrix quadratic = new(Size, Size);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                quadratic[i, j] = rows.Sum(row => row[i] * row[j]);
            }
        }

        return (quadratic, [.. Enumerable.Range(0, Size).Select(_ => 0.2 * (random.NextDouble() - 0.5))], [.. Enumerable.Range(0, Size).Select(_ => random.NextDouble() - 0.5)]);
    }
}
