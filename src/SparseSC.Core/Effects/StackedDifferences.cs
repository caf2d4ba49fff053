namespace SparseSC.Core.Effects;

/// <summary>Differences of all treatment times: one row per treated unit, and the controls of its time once for each of them.</summary>
internal sealed class StackedDifferences
{
    private readonly List<double[]> _treated = [];
    private readonly List<double[]> _controls = [];

    public void AddTreated(double[] row) => _treated.Add(row);

    public void AddControl(double[] row) => _controls.Add(row);

    public PlaceboInference Judge(EffectOptions options, IReadOnlyList<int[]>? combinations, string[] times, double negligible, CancellationToken cancellationToken) =>
        PlaceboDistribution.Compute(Matrix(_controls), Matrix(_treated), options.Placebos(combinations, negligible), times, cancellationToken);

    private static double[,] Matrix(List<double[]> rows)
    {
        double[,] result = new double[rows.Count, rows[0].Length];
        for (int i = 0; i < rows.Count; i++)
        {
            Buffer.BlockCopy(rows[i], 0, result, i * rows[i].Length * sizeof(double), rows[i].Length * sizeof(double));
        }

        return result;
    }
}
