using SparseSC.Core.Data;
using SparseSC.Core.Effects;

namespace SparseSC.Benchmarks;

/// <summary>How panels without an effect are drawn. Outcomes are level + trend + two loadings on AR(1) factors + noise.</summary>
/// <param name="Name">What tables call it.</param>
internal sealed record CoverageDesign(string Name)
{
    /// <summary>Controls, of which none is ever treated.</summary>
    public int Controls { get; init; } = 40;

    /// <summary>Treated units.</summary>
    public int Treated { get; init; } = 1;

    /// <summary>Periods before the first treatment.</summary>
    public int Before { get; init; } = 20;

    /// <summary>Periods from the last treatment on.</summary>
    public int After { get; init; } = 5;

    /// <summary>Treatment times, one period apart, over which treated units are spread.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Whether units share factors; without them outcomes are noise.</summary>
    public bool HasFactors { get; init; } = true;

    /// <summary>Autocorrelation of the noise.</summary>
    public double Persistence { get; init; }

    /// <summary>Standard deviation of a unit's own trend per period.</summary>
    public double Trend { get; init; }

    /// <summary>Degrees of freedom of the noise; 0 is normal.</summary>
    public double Tails { get; init; }

    /// <summary>Standard deviation of the logarithm of a unit's size, by which all its outcomes are multiplied.</summary>
    public double Sizes { get; init; }

    /// <summary>Standard deviation of levels.</summary>
    public double Levels { get; init; } = 1;

    /// <summary>What the noise of treated units is multiplied by.</summary>
    public double TreatedNoise { get; init; } = 1;

    /// <summary>Covariates: the loadings, seen with noise.</summary>
    public bool HasCovariates { get; init; }

    /// <summary>How the treated unit is chosen.</summary>
    public Selection Selection { get; init; }

    /// <summary>Whether treated units are like controls, so that size and coverage must be right.</summary>
    public bool IsExchangeable => TreatedNoise == 1 && Selection == Selection.Random;

    /// <summary>All designs.</summary>
    public static IReadOnlyList<CoverageDesign> All { get; } =
    [
        new("factors"),
        new("white noise") { HasFactors = false },
        new("AR(.9)") { HasFactors = false, Persistence = 0.9 },
        new("trends") { Trend = 0.2 },
        new("t(2.5)") { Tails = 2.5 },
        new("covariates") { HasCovariates = true },
        new("unequal sizes") { Sizes = 0.7, Levels = 5 },
        new("T0 = 5") { Before = 5 },
        new("T0 = 80") { Before = 80 },
        new("8 controls") { Controls = 8 },
        new("20 controls") { Controls = 20 },
        new("200 controls") { Controls = 200 },
        new("staggered, 6 of 46") { Treated = 6, Times = 3 },
        new("5 of 45 treated") { Treated = 5 },
        new("15 of 55 treated") { Treated = 15 },
        new("20 of 42 treated") { Treated = 20, Controls = 22 },
        new("25 of 35 treated") { Treated = 25, Controls = 10 },
        new("treated twice as noisy") { TreatedNoise = 2 },
        new("white noise, treated twice") { HasFactors = false, TreatedNoise = 2 },
        new("treated half as noisy") { TreatedNoise = 0.5 },
        new("highest level treated") { Levels = 5, Selection = Selection.Level },
        new("highest loading treated") { Selection = Selection.Loading },
    ];

    /// <summary>Draws one panel.</summary>
    public EffectData Draw(int seed)
    {
        Random random = new(seed);
        int units = Controls + Treated;
        int times = Before + (Times - 1) + After;
        double[,] factors = new double[2, times];
        for (int t = 0; t < times; t++)
        {
            for (int f = 0; f < 2; f++)
            {
                factors[f, t] = (t == 0 ? 0 : 0.7 * factors[f, t - 1]) + Normal(random);
            }
        }

        (double Level, double First, double Second)[] kinds =
            [.. Enumerable.Range(0, units).Select(_ => (Levels * Normal(random), 1 + (0.5 * Normal(random)), Normal(random)))];
        Choose(kinds);
        double[,] outcomes = new double[units, times];
        double[,] covariates = new double[units, 2];
        for (int i = 0; i < units; i++)
        {
            double size = Math.Exp(Sizes * Normal(random));
            double trend = Trend * Normal(random);
            double noise = 0;
            for (int t = 0; t < times; t++)
            {
                double drawn = (i < Treated ? TreatedNoise : 1) * Noise(random);
                noise = t == 0 ? drawn : (Persistence * noise) + (Math.Sqrt(1 - (Persistence * Persistence)) * drawn);
                double common = HasFactors ? (kinds[i].First * factors[0, t]) + (kinds[i].Second * factors[1, t]) : 0;
                outcomes[i, t] = size * (kinds[i].Level + (trend * t) + common + noise);
            }

            (covariates[i, 0], covariates[i, 1]) = (kinds[i].First + (0.2 * Normal(random)), kinds[i].Second + (0.2 * Normal(random)));
        }

        int?[] periods = [.. Enumerable.Range(0, units).Select(i => i < Treated ? (int?)(Before + (i * Times / Treated)) : null)];
        return new EffectData(FeatureMatrix.FromArray(outcomes), periods, HasCovariates ? FeatureMatrix.FromArray(covariates) : null);
    }

    // Treated units come first.
    private void Choose((double Level, double First, double Second)[] kinds)
    {
        if (Selection == Selection.Random)
        {
            return;
        }

        int chosen = Enumerable.Range(0, kinds.Length).MaxBy(i => Selection == Selection.Level ? kinds[i].Level : kinds[i].First);
        (kinds[0], kinds[chosen]) = (kinds[chosen], kinds[0]);
    }

    private double Noise(Random random)
    {
        if (Tails == 0)
        {
            return 0.7 * Normal(random);
        }

        // A normal over the root of a gamma with shape ν/2 and mean 1 (Marsaglia and Tsang 2000), for ν ≥ 2.
        double d = (Tails / 2) - (1 / 3.0);
        while (true)
        {
            double x = Normal(random);
            double cube = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (cube > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * cube) + (d * Math.Log(cube)))
            {
                return 0.7 * Normal(random) / Math.Sqrt(d * cube / (Tails / 2));
            }
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>How the treated unit is chosen among all units.</summary>
internal enum Selection
{
    /// <summary>Without regard to anything.</summary>
    Random,

    /// <summary>The one with the highest level.</summary>
    Level,

    /// <summary>The one with the highest loading on the first factor.</summary>
    Loading,
}
