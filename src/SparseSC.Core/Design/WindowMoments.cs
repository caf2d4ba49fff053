using SparseSC.Core.Data;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Design;

/// <summary>The first periods of all units and their products, which every set of test units shares. Immutable.</summary>
/// <remarks>
/// The mean of all units is taken off every period: weights sum to one, so no difference between units changes, but the products
/// keep the digits of what units do not have in common.
/// </remarks>
internal sealed class WindowMoments
{
    public WindowMoments(FeatureMatrix outcomes, int periods, bool demean)
    {
        int units = outcomes.Rows;
        Periods = periods;
        Means = new double[units];
        Rows = new AlignedMatrix(units, periods);
        double[] common = new double[periods];
        for (int unit = 0; unit < units; unit++)
        {
            ReadOnlySpan<double> values = outcomes.Row(unit)[..periods];
            Means[unit] = demean ? Mean(values) : 0;
            Span<double> row = Rows.Row(unit);
            for (int t = 0; t < periods; t++)
            {
                row[t] = values[t] - Means[unit];
                common[t] += row[t] / units;
            }
        }

        AlignedMatrix columns = new(periods, units);
        for (int unit = 0; unit < units; unit++)
        {
            Span<double> row = Rows.Row(unit);
            for (int t = 0; t < periods; t++)
            {
                row[t] -= common[t];
                columns[t, unit] = row[t];
            }
        }

        Gram = new AlignedMatrix(units, units);
        Syrk.AddUpper(columns, Gram);
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Gram[i, j] = Gram[j, i];
            }
        }
    }

    /// <summary>How many periods, from the first.</summary>
    public int Periods { get; }

    /// <summary>What was taken off each unit: its mean over the periods, or 0.</summary>
    public double[] Means { get; }

    /// <summary>N×periods: outcomes without unit means and the mean of all units.</summary>
    public AlignedMatrix Rows { get; }

    /// <summary>N×N: their products.</summary>
    public AlignedMatrix Gram { get; }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
