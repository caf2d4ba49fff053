using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace SparseSC.Numerics.Statistics;

/// <summary>Count, mean and variance per column, kept up to date row by row or merged.</summary>
public sealed class RunningMoments
{
    private readonly RunningStatistics[] _columns;

    /// <summary>No rows yet of <paramref name="columns"/> columns.</summary>
    public RunningMoments(int columns)
        : this([.. Enumerable.Range(0, columns).Select(_ => new RunningStatistics())], 0)
    {
    }

    private RunningMoments(RunningStatistics[] columns, int count)
    {
        _columns = columns;
        Count = count;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The mean per column; 0 without rows.</summary>
    public double[] Mean => [.. _columns.Select(column => Count > 0 ? column.Mean : 0)];

    /// <summary>Σ(x − mean)² per column.</summary>
    public double[] SumOfSquares => [.. _columns.Select(column => Count > 0 ? column.PopulationVariance * Count : 0)];

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
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, _columns.Length);
        Count++;
        for (int j = 0; j < row.Length; j++)
        {
            _columns[j].Push(row[j]);
        }
    }

    /// <summary>The moments of both together.</summary>
    public RunningMoments Merge(RunningMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other._columns.Length, _columns.Length);
        return new RunningMoments([.. _columns.Zip(other._columns, RunningStatistics.Combine)], Count + other.Count);
    }

    /// <summary>The sample variance of a column; 0 for a single row.</summary>
    public double Variance(int column) => Count > 1 ? _columns[column].Variance : 0;

    /// <summary>The standard error of a column's mean, s/√n.</summary>
    public double StandardError(int column) => Math.Sqrt(Variance(column) / Count);

    /// <summary>Two-sided p-values of the t-test of equal means, variances pooled, per column.</summary>
    public double[] CompareMeans(RunningMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int freedom = Count + other.Count - 2;
        double[] squares = [.. SumOfSquares.Zip(other.SumOfSquares, (a, b) => a + b)];
        double[] differences = [.. Mean.Zip(other.Mean, (a, b) => a - b)];
        return [.. squares.Zip(differences, (square, difference) =>
            TwoSidedP(difference / Math.Sqrt(square / freedom * ((1.0 / Count) + (1.0 / other.Count))), freedom))];
    }

    // Of a value that is no number nothing can be said; the distribution itself would refuse it.
    private static double TwoSidedP(double t, int freedom) => double.IsNaN(t) ? double.NaN : 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t));
}
