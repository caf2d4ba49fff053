using SparseSC.Core.Data;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>Seeded panels from a factor model, for properties that must hold on any data.</summary>
internal static class GeneratedPanel
{
    public static FitData Create(int seed, int units, int features, int targets, int treated = 0, double offset = 0)
    {
        System.Random random = new(seed);
        const int Factors = 3;
        double[,] loadings = Normal(random, units, Factors);
        double[,] byFeature = Normal(random, Factors, features);
        double[,] byTarget = Normal(random, Factors, targets);
        double[,] x = Normal(random, units, features);
        double[,] y = Normal(random, units, targets);
        for (int i = 0; i < units; i++)
        {
            for (int f = 0; f < Factors; f++)
            {
                for (int k = 0; k < features; k++)
                {
                    x[i, k] += (loadings[i, f] * byFeature[f, k]) + (f == 0 ? offset : 0);
                }

                for (int t = 0; t < targets; t++)
                {
                    y[i, t] = (y[i, t] * 0.7) + (loadings[i, f] * byTarget[f, t]) + (f == 0 ? offset : 0);
                }
            }
        }

        return new FitData(FeatureMatrix.FromArray(x), FeatureMatrix.FromArray(y), [.. Enumerable.Range(0, treated)]);
    }

    /// <summary>Non-negative weights, about a third of them zero.</summary>
    public static double[] Weights(int seed, int features)
    {
        System.Random random = new(seed);
        return [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() < 0.33 ? 0 : random.NextDouble() / features)];
    }

    private static double[,] Normal(System.Random random, int rows, int columns)
    {
        double[,] values = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                values[i, j] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            }
        }

        return values;
    }
}
