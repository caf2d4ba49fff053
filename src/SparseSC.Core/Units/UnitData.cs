using SparseSC.Core.Data;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>Features and targets of all units in padded rows, as the kernels read them. Immutable.</summary>
internal sealed class UnitData
{
    public UnitData(FeatureMatrix features, FeatureMatrix targets)
        : this(AlignedMatrix.FromRowMajor(features.Values, features.Rows, features.Columns), targets)
    {
    }

    /// <summary>Other targets of the same units.</summary>
    public UnitData(AlignedMatrix features, FeatureMatrix targets)
        : this(features, AlignedMatrix.FromRowMajor(targets.Values, targets.Rows, targets.Columns))
    {
    }

    /// <summary>Wraps both without copying.</summary>
    public UnitData(AlignedMatrix features, AlignedMatrix targets)
    {
        X = features;
        Y = targets;
    }

    /// <summary>N×K.</summary>
    public AlignedMatrix X { get; }

    /// <summary>N×T.</summary>
    public AlignedMatrix Y { get; }

    public int Units => X.Rows;

    public int Features => X.Columns;

    public int Targets => Y.Columns;

    /// <summary>Column means of X and Y over <paramref name="rows"/>.</summary>
    public (double[] X, double[] Y) Means(ReadOnlySpan<int> rows) => (Means(X, rows), Means(Y, rows));

    private static double[] Means(AlignedMatrix values, ReadOnlySpan<int> rows)
    {
        double[] sums = new double[values.Columns];
        foreach (int row in rows)
        {
            Span<double> source = values.Row(row);
            for (int k = 0; k < sums.Length; k++)
            {
                sums[k] += source[k];
            }
        }

        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] /= rows.Length;
        }

        return sums;
    }
}
