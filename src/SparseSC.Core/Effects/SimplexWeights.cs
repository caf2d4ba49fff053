using SparseSC.Core.Data;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects;

/// <summary>Classic synthetic control weights of single units: not negative, sum one, nearest in the features.</summary>
/// <remarks>Source: Abadie, Diamond, Hainmueller (2010), with given feature weights v.</remarks>
internal sealed class SimplexWeights
{
    private readonly double[] _features;
    private readonly int _units;
    private readonly int _columns;

    /// <summary>Prepares the features.</summary>
    /// <param name="features">N×K.</param>
    /// <param name="v">K feature weights.</param>
    /// <param name="demean">Whether each unit's own mean over the features is taken off.</param>
    public SimplexWeights(FeatureMatrix features, double[] v, bool demean)
    {
        _units = features.Rows;
        _columns = features.Columns;
        _features = new double[_units * _columns];
        Means = new double[_units];
        for (int unit = 0; unit < _units; unit++)
        {
            ReadOnlySpan<double> row = features.Row(unit);
            double sum = 0;
            foreach (double x in row)
            {
                sum += x;
            }

            Means[unit] = demean ? sum / _columns : 0;
            for (int k = 0; k < _columns; k++)
            {
                _features[(unit * _columns) + k] = (row[k] - Means[unit]) * Math.Sqrt(v[k]);
            }
        }
    }

    /// <summary>What was taken off each unit.</summary>
    public double[] Means { get; }

    /// <summary>The weights of <paramref name="donors"/> for <paramref name="unit"/>, which must not be among them.</summary>
    public double[] Solve(int unit, int[] donors)
    {
        int n = donors.Length;
        double[] differences = new double[n * _columns];
        ReadOnlySpan<double> target = _features.AsSpan(unit * _columns, _columns);
        for (int j = 0; j < n; j++)
        {
            ReadOnlySpan<double> donor = _features.AsSpan(donors[j] * _columns, _columns);
            for (int k = 0; k < _columns; k++)
            {
                differences[(j * _columns) + k] = donor[k] - target[k];
            }
        }

        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> left = differences.AsSpan(i * _columns, _columns);
            for (int j = i; j < n; j++)
            {
                ReadOnlySpan<double> right = differences.AsSpan(j * _columns, _columns);
                double sum = 0;
                for (int k = 0; k < left.Length; k++)
                {
                    sum += left[k] * right[k];
                }

                gram[(i * n) + j] = sum;
                gram[(j * n) + i] = sum;
            }
        }

        return SimplexLeastSquares.Solve(gram, n);
    }

    /// <summary>Writes Σ w_j (y_j − m_j) + m_i for one unit.</summary>
    public void Predict(int unit, int[] donors, ReadOnlySpan<double> weights, FeatureMatrix values, Span<double> result)
    {
        result.Fill(Means[unit]);
        for (int j = 0; j < donors.Length; j++)
        {
            if (weights[j] == 0)
            {
                continue;
            }

            ReadOnlySpan<double> row = values.Row(donors[j]);
            double mean = Means[donors[j]];
            for (int t = 0; t < result.Length; t++)
            {
                result[t] += weights[j] * (row[t] - mean);
            }
        }
    }
}
