using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Diagnosis;

/// <summary>How far treated units lie outside the convex hull of their donors in the outcomes before the treatment.</summary>
/// <remarks>
/// The root mean square over the pre-periods between a unit and the nearest mix of donors whose weights are not negative and sum to one,
/// divided by the donors' own standard deviation over the same periods.
/// </remarks>
internal sealed class HullDistance
{
    // One solution for each treated unit; of more units these, evenly spread, are looked at.
    private const int MostUnits = 20;

    private HullDistance()
    {
    }

    /// <summary>The largest distance.</summary>
    public double Largest { get; private set; } = double.NaN;

    /// <summary>Row of the unit it belongs to.</summary>
    public int Unit { get; private set; } = -1;

    /// <summary>How many units were looked at.</summary>
    public int Looked { get; private set; }

    /// <summary>Measures the treated units of an estimate.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="hasFixedEffects">Whether each unit's mean over the pre-periods is taken off first, as the estimator does.</param>
    /// <param name="cancellationToken">Stops between two units.</param>
    public static HullDistance Of(EffectEstimate estimate, bool hasFixedEffects, CancellationToken cancellationToken)
    {
        HullDistance result = new();
        int treated = estimate.Periods.Sum(period => period.TreatedUnits.Length);
        int step = (treated + MostUnits - 1) / MostUnits;
        int next = 0;
        SimplexScratch scratch = new();
        foreach (PeriodEffect period in estimate.Periods)
        {
            int first = next;
            next += period.TreatedUnits.Length;
            int[] chosen = [.. period.TreatedUnits.Where((_, i) => (first + i) % step == 0)];
            if (chosen.Length > 0)
            {
                result.Add(estimate, period, chosen, hasFixedEffects, scratch, cancellationToken);
            }
        }

        return result;
    }

    private void Add(
        EffectEstimate estimate, PeriodEffect period, int[] chosen, bool hasFixedEffects, SimplexScratch scratch, CancellationToken cancellationToken)
    {
        int[] rows = [.. period.ControlUnits, .. chosen];
        int columns = estimate.PrePeriods;
        double[] values = new double[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            MatrixRows.Row(estimate.Observed, rows[i]).Slice(period.WindowStart, columns).CopyTo(values.AsSpan(i * columns));
        }

        FeatureMatrix outcomes = new(values, rows.Length, columns);
        double[] ones = new double[columns];
        Array.Fill(ones, 1);
        SimplexWeights weights = new(outcomes, ones, hasFixedEffects);
        int[] donors = [.. Enumerable.Range(0, period.ControlUnits.Length)];
        double spread = Spread(outcomes, weights.Means, donors.Length);
        double[] nearest = new double[columns];
        for (int i = 0; i < chosen.Length && spread > 0; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int unit = donors.Length + i;
            weights.Predict(unit, donors, weights.Solve(unit, donors, scratch), outcomes, nearest);
            double sum = 0;
            for (int t = 0; t < columns; t++)
            {
                double difference = outcomes[unit, t] - nearest[t];
                sum += difference * difference;
            }

            double distance = Math.Sqrt(sum / columns) / spread;
            Looked++;
            if (Unit < 0 || distance > Largest)
            {
                (Largest, Unit) = (distance, chosen[i]);
            }
        }
    }

    // Root mean over the periods of the variance of the donors.
    private static double Spread(FeatureMatrix outcomes, double[] means, int donors)
    {
        double sum = 0;
        for (int t = 0; t < outcomes.Columns; t++)
        {
            double mean = 0;
            for (int j = 0; j < donors; j++)
            {
                mean += (outcomes[j, t] - means[j]) / donors;
            }

            for (int j = 0; j < donors; j++)
            {
                double deviation = outcomes[j, t] - means[j] - mean;
                sum += deviation * deviation;
            }
        }

        return donors < 2 ? 0 : Math.Sqrt(sum / (donors - 1) / outcomes.Columns);
    }
}
