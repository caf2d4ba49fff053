using SparseSC.Core.Data;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Difference in differences: ȳ_donors,t + pre-mean of the unit − pre-mean of the donors.</summary>
/// <remarks>Source: microsoft/SparseSC, <c>did_sc</c>.</remarks>
public static class DifferenceInDifferences
{
    /// <summary>Synthetic outcomes of every unit, N×T; a control from the other controls.</summary>
    /// <param name="outcomes">N×T.</param>
    /// <param name="controls">Rows of the donors, at least two.</param>
    /// <param name="prePeriods">The first so many columns are the pre-periods.</param>
    public static double[,] Predict(FeatureMatrix outcomes, int[] controls, int prePeriods)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentOutOfRangeException.ThrowIfLessThan(controls.Length, 2);
        return Predict(outcomes, PreMeans(outcomes, 0, prePeriods), controls);
    }

    /// <summary>Means of some columns, per row.</summary>
    internal static double[] PreMeans(FeatureMatrix matrix, int start, int length)
    {
        double[] means = new double[matrix.Rows];
        for (int row = 0; row < means.Length; row++)
        {
            double sum = 0;
            foreach (double value in matrix.Row(row).Slice(start, length))
            {
                sum += value;
            }

            means[row] = sum / length;
        }

        return means;
    }

    internal static double[,] Predict(FeatureMatrix values, double[] preMeans, int[] controls)
    {
        double[] total = new double[values.Columns];
        double totalPre = 0;
        HashSet<int> donors = [.. controls];
        foreach (int control in controls)
        {
            ReadOnlySpan<double> row = values.Row(control);
            totalPre += preMeans[control];
            for (int t = 0; t < total.Length; t++)
            {
                total[t] += row[t];
            }
        }

        double[,] result = new double[values.Rows, values.Columns];
        for (int unit = 0; unit < values.Rows; unit++)
        {
            Span<double> synthetic = MatrixRows.Row(result, unit);
            ReadOnlySpan<double> own = values.Row(unit);
            bool isDonor = donors.Contains(unit);
            int count = isDonor ? controls.Length - 1 : controls.Length;
            double pre = (isDonor ? totalPre - preMeans[unit] : totalPre) / count;
            for (int t = 0; t < total.Length; t++)
            {
                synthetic[t] = ((isDonor ? total[t] - own[t] : total[t]) / count) + (preMeans[unit] - pre);
            }
        }

        return result;
    }
}
