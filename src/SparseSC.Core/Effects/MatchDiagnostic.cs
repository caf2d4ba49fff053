using SparseSC.Core.Data;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Effects;

/// <summary>Whether the treated units are matched worse than the controls in the space they are matched in.</summary>
internal static class MatchDiagnostic
{
    /// <summary>The root mean square p-value of √mean(v/Σv·(M − M̂)²); <c>NaN</c> when no feature is matched.</summary>
    public static double PValue(
        PeriodSample sample, SyntheticControlFit fit, double[,] syntheticFeatures, PlaceboOptions options, CancellationToken cancellationToken)
    {
        double total = fit.V.Sum();
        if (!(total > 0))
        {
            return double.NaN;
        }

        FeatureMatrix features = sample.Fit.Features;
        double[] distance = new double[features.Rows];
        for (int unit = 0; unit < features.Rows; unit++)
        {
            double sum = 0;
            for (int k = 0; k < features.Columns; k++)
            {
                double difference = features[unit, k] - syntheticFeatures[unit, k];
                sum += fit.V[k] / total * difference * difference;
            }

            distance[unit] = Math.Sqrt(sum);
        }

        return PlaceboDistribution.Compute(Column(distance, sample.Controls), Column(distance, sample.Treated), options, null, cancellationToken).Rms.PValue;
    }

    private static double[,] Column(double[] values, int[] rows)
    {
        double[,] result = new double[rows.Length, 1];
        for (int i = 0; i < rows.Length; i++)
        {
            result[i, 0] = values[rows[i]];
        }

        return result;
    }
}
