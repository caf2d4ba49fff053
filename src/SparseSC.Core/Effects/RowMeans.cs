using SparseSC.Core.Data;

namespace SparseSC.Core.Effects;

/// <summary>Rows that are means of other rows.</summary>
internal static class RowMeans
{
    public static FeatureMatrix Of(FeatureMatrix matrix, IReadOnlyList<int[]> rows, IReadOnlyList<string> names)
    {
        double[] values = new double[rows.Count * matrix.Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                double sum = 0;
                foreach (int row in rows[i])
                {
                    sum += matrix[row, column];
                }

                values[(i * matrix.Columns) + column] = sum / rows[i].Length;
            }
        }

        return new FeatureMatrix(values, rows.Count, matrix.Columns, names, matrix.ColumnNames);
    }

    /// <summary>The same where <c>NaN</c> is a missing value: it is skipped.</summary>
    public static double[,] Of(double[,] matrix, IReadOnlyList<int[]> rows)
    {
        double[,] result = new double[rows.Count, matrix.GetLength(1)];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int column = 0; column < matrix.GetLength(1); column++)
            {
                double[] known = [.. rows[i].Select(row => matrix[row, column]).Where(value => !double.IsNaN(value))];
                result[i, column] = known.Length == 0 ? double.NaN : known.Average();
            }
        }

        return result;
    }
}
