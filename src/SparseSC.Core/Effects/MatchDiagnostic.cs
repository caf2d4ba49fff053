using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Whether the treated units are matched worse than the controls in the space they are matched in.</summary>
internal static class MatchDiagnostic
{
    /// <summary>The root mean square p-value of √mean(v/Σv·(M − M̂)²); <c>NaN</c> when no feature is matched.</summary>
    public static double PValue(
        PeriodSample sample, SyntheticControlFit fit, double[,] syntheticFeatures, EffectOptions options, IReadOnlyList<int[]>? combinations, CancellationToken cancellationToken)
    {
        // Weights of standardised predictors, of features as they are.
        double[] v = options.Method == EffectMethod.Classic ? [.. fit.V.Select((weight, k) => weight / (fit.FeatureScale[k] * fit.FeatureScale[k]))] : fit.V;
        double total = v.Sum();
        bool isComparable = options.PlaceboScale == PlaceboScale.Design || sample.Treated.Length <= sample.Controls.Length;
        if (!(total > 0 && isComparable))
        {
            return double.NaN;
        }

        FeatureMatrix features = sample.Fit.Features;
        double[] distance = new double[features.Rows];
        double negligible = Negligible(features, v, total);
        for (int unit = 0; unit < features.Rows; unit++)
        {
            double sum = 0;
            for (int k = 0; k < features.Columns; k++)
            {
                double difference = features[unit, k] - syntheticFeatures[unit, k];
                sum += v[k] / total * difference * difference;
            }

            distance[unit] = Math.Sqrt(sum);
        }

        PlaceboOptions placebos = options.Placebos(combinations, negligible);
        return PlaceboDistribution.Compute(Column(distance, sample.Controls), Column(distance, sample.Treated), placebos, null, cancellationToken).Rms.PValue;
    }

    // A distance whose every part is rounding.
    private static double Negligible(FeatureMatrix features, double[] v, double total)
    {
        double sum = 0;
        double[] column = new double[features.Rows];
        for (int k = 0; k < features.Columns; k++)
        {
            for (int unit = 0; unit < column.Length; unit++)
            {
                column[unit] = features[unit, k];
            }

            double limit = RoundingNoise.Limit(column);
            sum += v[k] / total * limit * limit;
        }

        return Math.Sqrt(sum);
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
