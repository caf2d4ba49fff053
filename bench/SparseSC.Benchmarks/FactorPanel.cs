using SparseSC.Core.Data;

namespace SparseSC.Benchmarks;

/// <summary>Seeded data from a factor model with three factors.</summary>
internal static class FactorPanel
{
    public static FitData Create(int units, int features, int targets, int treated)
    {
        Random random = new(1);
        const int Factors = 3;
        double[] byFeature = Normal(Factors * features);
        double[] byTarget = Normal(Factors * targets);
        double[] x = Normal(units * features);
        double[] y = Normal(units * targets);
        for (int i = 0; i < units; i++)
        {
            double[] loadings = Normal(Factors);
            for (int f = 0; f < Factors; f++)
            {
                for (int k = 0; k < features; k++)
                {
                    x[(i * features) + k] += loadings[f] * byFeature[(f * features) + k];
                }

                for (int t = 0; t < targets; t++)
                {
                    y[(i * targets) + t] += loadings[f] * byTarget[(f * targets) + t];
                }
            }
        }

        return new FitData(new FeatureMatrix(x, units, features), new FeatureMatrix(y, units, targets), [.. Enumerable.Range(0, treated)]);

        double[] Normal(int count)
        {
            double[] values = new double[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            }

            return values;
        }
    }
}
