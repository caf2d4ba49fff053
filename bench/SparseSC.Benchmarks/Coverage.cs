using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;

namespace SparseSC.Benchmarks;

/// <summary>500 panels of a factor model (200 controls, one treated unit, 20 periods before and 5 after): coverage, uniformity of p-values, bias.</summary>
internal static class Coverage
{
    private const int Panels = 500;

    public static void Run()
    {
        foreach (double effect in new[] { 0.0, 2.0 })
        {
            Stopwatch clock = Stopwatch.StartNew();
            EffectValue[] averages = [.. Enumerable.Range(0, Panels).AsParallel().AsOrdered().Select(seed => Estimate(1000 + seed, effect))];
            SimulationSummary summary = SimulationSummary.Of(averages, effect);
            double[] sorted = [.. averages.Select(average => average.PValue).Order()];
            double distance = sorted.Select((p, i) => Math.Max(((i + 1.0) / Panels) - p, p - ((double)i / Panels))).Max();

            // The limit of the Kolmogorov–Smirnov distance at p = .01 is 1.628/√n.
            Console.WriteLine(
                $"effect {effect}: coverage {summary.Coverage:P1}, bias {summary.Bias:F4} (standard error {Math.Sqrt(summary.MeanSquaredError / Panels):F4}), "
                    + $"mean length {summary.MeanLength:F3}, KS distance {distance:F4} (limit {1.628 / Math.Sqrt(Panels):F4}), rejected {averages.Count(average => average.PValue <= 0.05)}, "
                    + $"{clock.Elapsed.TotalSeconds:F0} s");
        }
    }

    private static EffectValue Estimate(int seed, double effect)
    {
        EffectOptions options = new() { MaxDegreeOfParallelism = 1 };
        options.Fast.KeepWeights = false;
        return EffectEstimator.Run(Panel(seed, 200, 20, 5, effect), options).Effect.Average;
    }

    private static EffectData Panel(int seed, int controls, int before, int after, double effect)
    {
        Random random = new(seed);
        int times = before + after;
        double[,] factors = new double[2, times];
        for (int t = 0; t < times; t++)
        {
            for (int f = 0; f < 2; f++)
            {
                factors[f, t] = (t == 0 ? 0 : 0.7 * factors[f, t - 1]) + Normal(random);
            }
        }

        double[,] outcomes = new double[controls + 1, times];
        for (int i = 0; i <= controls; i++)
        {
            double first = 1 + (0.5 * Normal(random));
            double second = Normal(random);
            for (int t = 0; t < times; t++)
            {
                outcomes[i, t] = (first * factors[0, t]) + (second * factors[1, t]) + (0.7 * Normal(random)) + (i == 0 && t >= before ? effect : 0);
            }
        }

        return new EffectData(FeatureMatrix.FromArray(outcomes), [.. Enumerable.Range(0, controls + 1).Select(i => i == 0 ? (int?)before : null)]);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
