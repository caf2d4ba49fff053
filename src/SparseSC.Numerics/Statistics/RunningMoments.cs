namespace SparseSC.Numerics.Statistics;

/// <summary>Count, mean and sum of squared deviations per column, kept up to date row by row or merged.</summary>
/// <remarks>Source: Welford (1962), Technometrics 4(3), for rows; Chan, Golub, LeVeque (1979) for merging.</remarks>
public sealed class RunningMoments
{
    /// <summary>No rows yet of <paramref name="columns"/> columns.</summary>
    public RunningMoments(int columns)
    {
        Mean = new double[columns];
        SumOfSquares = new double[columns];
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The mean per column.</summary>
    public double[] Mean { get; }

    /// <summary>Σ(x − mean)² per column.</summary>
    public double[] SumOfSquares { get; }

    /// <summary>Takes all rows of a matrix.</summary>
    public static RunningMoments Of(double[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RunningMoments result = new(rows.GetLength(1));
        double[] row = new double[rows.GetLength(1)];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = rows[i, j];
            }

            result.Add(row);
        }

        return result;
    }

    /// <summary>Takes one more row.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Mean.Length);
        Count++;
        for (int j = 0; j < row.Length; j++)
        {
            double delta = row[j] - Mean[j];
            Mean[j] += delta / Count;
            SumOfSquares[j] += delta * (row[j] - Mean[j]);
        }
    }

    /// <summary>The moments of both together.</summary>
    public RunningMoments Merge(RunningMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Mean.Length, Mean.Length);
        RunningMoments result = new(Mean.Length) { Count = Count + other.Count };
        for (int j = 0; j < Mean.Length && result.Count > 0; j++)
        {
            double delta = other.Mean[j] - Mean[j];
            result.Mean[j] = Mean[j] + (delta * other.Count / result.Count);
            result.SumOfSquares[j] = SumOfSquares[j] + other.SumOfSquares[j] + (delta * delta * Count * other.Count / result.Count);
        }

        return result;
    }

    /// <summary>The sample variance of a column; 0 for a single row.</summary>
    public double Variance(int column) => Count > 1 ? SumOfSquares[column] / (Count - 1) : 0;

    /// <summary>The standard error of a column's mean, s/√n.</summary>
    public double StandardError(int column) => Math.Sqrt(Variance(column) / Count);

    /// <summary>Two-sided p-values of the t-test of equal means, variances pooled, per column.</summary>
    public double[] CompareMeans(RunningMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double[] p = new double[Mean.Length];
        int freedom = Count + other.Count - 2;
        for (int j = 0; j < p.Length; j++)
        {
            double variance = (SumOfSquares[j] + other.SumOfSquares[j]) / freedom;
            p[j] = StudentT.TwoSidedP((Mean[j] - other.Mean[j]) / Math.Sqrt(variance * ((1.0 / Count) + (1.0 / other.Count))), freedom);
        }

        return p;
    }
}
