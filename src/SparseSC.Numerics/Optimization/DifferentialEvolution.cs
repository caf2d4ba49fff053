using SparseSC.Numerics.Random;

namespace SparseSC.Numerics.Optimization;

/// <summary>A minimum of a function with many local ones, within a box: a population of points that differences of others move.</summary>
/// <remarks>Source: Storn and Price (1997), "Differential evolution", Journal of Global Optimization 11; the best point is moved, by factors drawn anew for each generation.</remarks>
/// <param name="objective">The function.</param>
/// <param name="low">The lowest value of every coordinate.</param>
/// <param name="high">The highest.</param>
/// <param name="random">Random numbers.</param>
public sealed class DifferentialEvolution(Func<double[], double> objective, double low, double high, MersenneTwister random)
{
    private const double Crossing = 0.9;
    private const double Settled = 1e-9;

    /// <summary>Searches.</summary>
    /// <param name="starts">Points to begin with.</param>
    /// <param name="population">The number of points; what <paramref name="starts"/> leaves is drawn.</param>
    /// <param name="generations">Most moves of each point.</param>
    /// <returns>The best point.</returns>
    public (double[] Point, double Value) Search(IReadOnlyList<double[]> starts, int population, int generations)
    {
        ArgumentNullException.ThrowIfNull(starts);
        int dimensions = starts[0].Length;
        double[][] points = [.. Enumerable.Range(0, population).Select(i => i < starts.Count ? (double[])starts[i].Clone() : Drawn(dimensions))];
        double[] values = [.. points.Select(objective)];
        int best = Array.IndexOf(values, values.Min());
        for (int generation = 0; generation < generations; generation++)
        {
            double factor = 0.5 + (0.5 * Uniform());
            for (int i = 0; i < population; i++)
            {
                double[] trial = Trial(points, i, points[generation % 2 == 0 ? best : Index(population)], factor);
                double value = objective(trial);
                if (value <= values[i])
                {
                    (points[i], values[i]) = (trial, value);
                    best = value < values[best] ? i : best;
                }
            }

            if (values.Max() - values[best] <= Settled * Math.Abs(values[best]))
            {
                break;
            }
        }

        return (points[best], values[best]);
    }

    private double[] Trial(double[][] points, int i, double[] origin, double factor)
    {
        double[] one = points[Index(points.Length)];
        double[] other = points[Index(points.Length)];
        double[] trial = (double[])points[i].Clone();
        int always = Index(trial.Length);
        for (int k = 0; k < trial.Length; k++)
        {
            if (k == always || Uniform() < Crossing)
            {
                double moved = origin[k] + (factor * (one[k] - other[k]));

                // What leaves the box comes to lie between the side and where it was.
                trial[k] = moved < low ? (low + trial[k]) / 2 : moved > high ? (high + trial[k]) / 2 : moved;
            }
        }

        return trial;
    }

    private double[] Drawn(int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => low + ((high - low) * Uniform()))];

    private int Index(int count) => (int)random.NextInterval((uint)(count - 1));

    private double Uniform() => random.NextUInt32() / 4294967296.0;
}
