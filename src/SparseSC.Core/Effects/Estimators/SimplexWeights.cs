using SparseSC.Core.Data;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Classic synthetic control weights of single units: not negative, sum one, nearest in the features.</summary>
/// <remarks>Source: Abadie, Diamond, Hainmueller (2010), with given feature weights v.</remarks>
internal sealed class SimplexWeights
{
    private readonly AlignedMatrix _features;

    /// <summary>Prepares the features.</summary>
    /// <param name="features">N×K.</param>
    /// <param name="v">K feature weights.</param>
    /// <param name="demean">Whether each unit's own mean over the features is taken off.</param>
    public SimplexWeights(FeatureMatrix features, double[] v, bool demean)
    {
        // A row for each feature: the donors of a unit are then columns, which the search for weights reads side by side.
        _features = new AlignedMatrix(features.Columns, features.Rows);
        Means = new double[features.Rows];
        double[] roots = [.. v.Select(Math.Sqrt)];
        for (int unit = 0; unit < features.Rows; unit++)
        {
            ReadOnlySpan<double> row = features.Row(unit);
            double sum = 0;
            foreach (double x in row)
            {
                sum += x;
            }

            Means[unit] = demean ? sum / features.Columns : 0;
            for (int k = 0; k < row.Length; k++)
            {
                _features[k, unit] = (row[k] - Means[unit]) * roots[k];
            }
        }
    }

    /// <summary>What was taken off each unit.</summary>
    public double[] Means { get; }

    /// <summary>The weights of <paramref name="donors"/> for <paramref name="unit"/>, which must not be among them.</summary>
    public double[] Solve(int unit, int[] donors, SimplexScratch scratch)
    {
        scratch.Differences.Reshape(_features.Rows, donors.Length);
        for (int k = 0; k < _features.Rows; k++)
        {
            ReadOnlySpan<double> values = _features.Row(k);
            Span<double> differences = scratch.Differences.Row(k);
            for (int j = 0; j < differences.Length; j++)
            {
                differences[j] = values[donors[j]] - values[unit];
            }
        }

        return scratch.Solver.Solve(scratch.Differences);
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
