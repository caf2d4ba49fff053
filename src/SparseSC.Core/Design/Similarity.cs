namespace SparseSC.Core.Design;

/// <summary>Correlations of units, and candidates for test sets made of them.</summary>
internal sealed class Similarity
{
    private readonly DesignPanel _panel;
    private readonly double[][] _standard;

    public Similarity(DesignPanel panel)
    {
        _panel = panel;
        _standard = [.. Enumerable.Range(0, panel.Units).Select(row => Standardise(panel.Outcomes.Row(row).ToArray()))];
    }

    /// <summary>Each unit's row: itself, then the others by falling correlation. Units not taken are in no row.</summary>
    public int[][] Rows(bool[] taken)
    {
        int[] all = [.. Enumerable.Range(0, _panel.Units).Where(row => taken[row]).OrderBy(_panel.Data.UnitName, StringComparer.Ordinal)];
        return [.. all.Select(row => (int[])[row, .. all.Where(other => other != row).OrderByDescending(other => Product(_standard[row], _standard[other]))])];
    }

    /// <summary>Each row's first units, in order of name and without repetition.</summary>
    public IEnumerable<int[]> Candidates(int[][] rows, int size) => rows
        .Select(row => row[..size].OrderBy(_panel.Data.UnitName, StringComparer.Ordinal).ToArray())
        .DistinctBy(units => string.Join(',', units));

    /// <summary>The correlation of the sum of some units with the sum of all others.</summary>
    public double WithOthers(int[] units)
    {
        double[] inside = new double[_panel.Times];
        double[] outside = new double[_panel.Times];
        for (int row = 0; row < _panel.Units; row++)
        {
            double[] sum = units.Contains(row) ? inside : outside;
            ReadOnlySpan<double> values = _panel.Outcomes.Row(row);
            for (int t = 0; t < sum.Length; t++)
            {
                sum[t] += values[t];
            }
        }

        return Product(Standardise(inside), Standardise(outside));
    }

    // Constant outcomes correlate with nothing.
    private static double[] Standardise(double[] values)
    {
        double mean = values.Average();
        double norm = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)));
        return [.. values.Select(value => norm > 0 ? (value - mean) / norm : 0)];
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int t = 0; t < a.Length; t++)
        {
            sum += a[t] * b[t];
        }

        return sum;
    }
}
