namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>Differences of all treatment times by event time, and their summaries.</summary>
/// <remarks>
/// Event times weigh each treatment time by its treated units; averages weigh it by treated units times periods. Source of the weights: Clarke,
/// Pailañir, Athey, Imbens (2023), "Synthetic difference in differences estimation".
/// </remarks>
internal sealed class MeanPath
{
    private MeanPath(double[] periods, double average, double rms)
    {
        Periods = periods;
        Average = average;
        Rms = rms;
    }

    /// <summary>The mean by event time.</summary>
    public double[] Periods { get; }

    /// <summary>The mean over treated cells.</summary>
    public double Average { get; }

    /// <summary>The root mean squares of the treatment times, averaged over treated units.</summary>
    public double Rms { get; }

    /// <summary>The differences from the treatment on.</summary>
    public static MeanPath After(IReadOnlyList<(MeanCohort Cohort, double[] Differences)> parts) =>
        Of([.. parts.Select(part => (part.Cohort.TreatedCount, part.Differences[part.Cohort.Pre..]))], isBefore: false);

    /// <summary>The differences before the treatment; the last one is that of the period before it.</summary>
    public static MeanPath Before(IReadOnlyList<(MeanCohort Cohort, double[] Differences)> parts) =>
        Of([.. parts.Select(part => (part.Cohort.TreatedCount, part.Differences[..part.Cohort.Pre]))], isBefore: true);

    /// <summary>The mean over units of differences by event time; the average is that of the units' own averages.</summary>
    /// <param name="rows">The differences of each unit.</param>
    /// <param name="length">Event times; one that no unit has is <c>NaN</c>.</param>
    /// <param name="isBefore">Whether rows end together, and not begin.</param>
    public static MeanPath OfUnits(IReadOnlyList<double[]> rows, int length, bool isBefore)
    {
        double[] sums = new double[length];
        double[] counts = new double[length];
        foreach (double[] row in rows)
        {
            int offset = isBefore ? length - row.Length : 0;
            for (int t = 0; t < row.Length; t++)
            {
                sums[offset + t] += row[t];
                counts[offset + t]++;
            }
        }

        return new MeanPath(
            [.. sums.Select((sum, t) => sum / counts[t])],
            rows.Average(row => row.Average()),
            rows.Average(row => Math.Sqrt(row.Average(value => value * value))));
    }

    private static MeanPath Of((int Treated, double[] Values)[] parts, bool isBefore)
    {
        int length = parts.Max(part => part.Values.Length);
        double[] sums = new double[length];
        double[] counts = new double[length];
        double sum = 0;
        double cells = 0;
        double rms = 0;
        foreach ((int treated, double[] values) in parts)
        {
            double squares = 0;
            int offset = isBefore ? length - values.Length : 0;
            for (int t = 0; t < values.Length; t++)
            {
                sums[offset + t] += treated * values[t];
                counts[offset + t] += treated;
                sum += treated * values[t];
                squares += values[t] * values[t];
            }

            cells += treated * values.Length;
            rms += treated * Math.Sqrt(squares / values.Length);
        }

        return new MeanPath([.. sums.Select((total, t) => total / counts[t])], sum / cells, rms / parts.Sum(part => part.Treated));
    }
}
