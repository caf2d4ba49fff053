using SparseSC.Core.Data;
using SparseSC.Core.Effects;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Seeded outcomes of a factor model: y = λ·f + ε, two factors that wander, the first units treated.</summary>
internal static class SimulatedPanel
{
    public static EffectData Create(int seed, int controls, int before, int after, int treated = 1, double effect = 0)
    {
        System.Random random = new(seed);
        int units = controls + treated;
        int times = before + after;
        double[,] factors = new double[2, times];
        for (int t = 0; t < times; t++)
        {
            for (int f = 0; f < 2; f++)
            {
                factors[f, t] = (t == 0 ? 0 : 0.7 * factors[f, t - 1]) + Normal(random);
            }
        }

        double[,] outcomes = new double[units, times];
        for (int i = 0; i < units; i++)
        {
            double first = 1 + (0.5 * Normal(random));
            double second = Normal(random);
            for (int t = 0; t < times; t++)
            {
                outcomes[i, t] = (first * factors[0, t]) + (second * factors[1, t]) + (0.7 * Normal(random)) + (i < treated && t >= before ? effect : 0);
            }
        }

        return new EffectData(FeatureMatrix.FromArray(outcomes), [.. Enumerable.Range(0, units).Select(i => i < treated ? (int?)before : null)]);
    }

    private static double Normal(System.Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
