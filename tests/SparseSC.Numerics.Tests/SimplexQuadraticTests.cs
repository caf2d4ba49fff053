using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Numerics.Tests;

public class SimplexQuadraticTests
{
    private const int Units = 40;
    private const int Periods = 25;

    [Fact]
    public void Weights_are_those_of_the_search_on_points()
    {
        System.Random random = new(3);
        for (int repetition = 0; repetition < 20; repetition++)
        {
            AlignedMatrix points = Points(random, Units, Periods);
            AlignedMatrix gram = Gram(points);
            bool[] allowed = [.. Enumerable.Range(0, Units).Select(j => j % 7 != 0)];
            SimplexQuadratic solver = new();
            solver.Load(gram, allowed, isWarm: false);
            double[] first = Series(random);
            double[] second = Series(random);

            // Each target begins at the weights of the one before.
            for (int step = 0; step <= 10; step++)
            {
                double[] target = [.. first.Zip(second, (a, b) => a + (step * b / 5))];
                solver.Minimise(Products(points, target));
                double[] exact = OnPoints(points, allowed, target);
                double difference = Distance(points, solver.Weights.ToArray(), target) - Distance(points, exact, target);
                Assert.InRange(difference, -1e-12, 1e-11);
                Assert.Equal(1, solver.Weights.ToArray().Sum(), 12);
                Assert.All(solver.Weights.ToArray().Select((weight, j) => (weight, j)), item => Assert.True(item.weight >= 0 && (allowed[item.j] || item.weight == 0)));
            }
        }
    }

    [Fact]
    public void Other_points_can_begin_at_the_same_weights()
    {
        System.Random random = new(5);
        AlignedMatrix points = Points(random, Units, Periods);
        AlignedMatrix fewer = new(Units, Periods - 3);
        for (int j = 0; j < Units; j++)
        {
            points.Row(j)[..(Periods - 3)].CopyTo(fewer.Row(j));
        }

        bool[] allowed = [.. Enumerable.Repeat(true, Units)];
        double[] target = Series(random);
        SimplexQuadratic warm = new();
        warm.Load(Gram(fewer), allowed, isWarm: false);
        warm.Minimise(Products(fewer, target[..(Periods - 3)]));
        warm.Load(Gram(points), allowed, isWarm: true);
        warm.Minimise(Products(points, target));
        SimplexQuadratic cold = new();
        cold.Load(Gram(points), allowed, isWarm: false);
        cold.Minimise(Products(points, target));
        Assert.All(warm.Weights.ToArray().Zip(cold.Weights.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    // More points than dimensions, points that are equal, and a target among them.
    [Fact]
    public void Dependent_points_do_no_harm()
    {
        System.Random random = new(7);
        AlignedMatrix points = Points(random, Units, 6);
        for (int j = 0; j < 10; j++)
        {
            points.Row(j).CopyTo(points.Row(j + 10));
        }

        bool[] allowed = [.. Enumerable.Range(0, Units).Select(j => j > 0)];
        double[] inside = points.Row(10).ToArray();
        SimplexQuadratic solver = new();
        solver.Load(Gram(points), allowed, isWarm: false);
        solver.Minimise(Products(points, inside));
        Assert.InRange(Distance(points, solver.Weights.ToArray(), inside), 0, 1e-12);
        solver.Minimise(Products(points, [.. inside.Select(value => -3 * value)]));
        double[] away = [.. inside.Select(value => -3 * value)];
        Assert.InRange(Distance(points, solver.Weights.ToArray(), away) - Distance(points, OnPoints(points, allowed, away), away), -1e-11, 1e-11);
    }

    [Fact]
    public void Nobody_may_carry_weight_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SimplexQuadratic().Load(new AlignedMatrix(2, 2), [false, false], isWarm: false));

    private static double[] OnPoints(AlignedMatrix points, bool[] allowed, double[] target)
    {
        int[] taken = [.. Enumerable.Range(0, points.Rows).Where(j => allowed[j])];
        AlignedMatrix columns = new(target.Length, taken.Length);
        for (int i = 0; i < taken.Length; i++)
        {
            for (int t = 0; t < target.Length; t++)
            {
                columns[t, i] = points[taken[i], t] - target[t];
            }
        }

        double[] solved = new SimplexLeastSquares().Solve(columns);
        double[] weights = new double[points.Rows];
        for (int i = 0; i < taken.Length; i++)
        {
            weights[taken[i]] = solved[i];
        }

        return weights;
    }

    private static double Distance(AlignedMatrix points, double[] weights, double[] target)
    {
        double squares = 0;
        for (int t = 0; t < target.Length; t++)
        {
            double gap = target[t];
            for (int j = 0; j < weights.Length; j++)
            {
                gap -= weights[j] * points[j, t];
            }

            squares += gap * gap;
        }

        return squares;
    }

    private static AlignedMatrix Points(System.Random random, int count, int dimensions)
    {
        AlignedMatrix points = new(count, dimensions);
        for (int j = 0; j < count; j++)
        {
            for (int t = 0; t < dimensions; t++)
            {
                points[j, t] = random.NextDouble() - 0.5;
            }
        }

        return points;
    }

    private static double[] Series(System.Random random) => [.. Enumerable.Range(0, Periods).Select(_ => random.NextDouble() - 0.5)];

    private static AlignedMatrix Gram(AlignedMatrix points)
    {
        AlignedMatrix gram = new(points.Rows, points.Rows);
        for (int i = 0; i < points.Rows; i++)
        {
            Products(points, points.Row(i).ToArray()).CopyTo(gram.Row(i));
        }

        return gram;
    }

    private static double[] Products(AlignedMatrix points, double[] target)
    {
        double[] products = new double[points.Rows];
        for (int j = 0; j < products.Length; j++)
        {
            ReadOnlySpan<double> row = points.Row(j);
            for (int t = 0; t < target.Length; t++)
            {
                products[j] += row[t] * target[t];
            }
        }

        return products;
    }
}
