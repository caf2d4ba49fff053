using SparseSC.Core.Data;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Feature weights of estimators that do not search them.</summary>
internal static class InverseVariances
{
    /// <summary>1 for outcomes alone; with covariates, 1 over each feature's variance over the units (0 for a constant).</summary>
    /// <param name="features">N×K.</param>
    /// <param name="covariates">How many features are covariates that are brought to a scale; 0 leaves all features as they are.</param>
    public static double[] Of(FeatureMatrix features, int covariates)
    {
        double[] v = new double[features.Columns];
        Array.Fill(v, 1);
        for (int k = 0; k < v.Length && covariates > 0; k++)
        {
            double mean = 0;
            for (int i = 0; i < features.Rows; i++)
            {
                mean += features[i, k] / features.Rows;
            }

            double variance = 0;
            for (int i = 0; i < features.Rows; i++)
            {
                double difference = features[i, k] - mean;
                variance += difference * difference / features.Rows;
            }

            v[k] = variance > 0 ? 1 / variance : 0;
        }

        return v;
    }
}
