using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Differences of all treatment times: one row per treated unit, and one per control that may stand in for it.</summary>
internal sealed class StackedDifferences
{
    private readonly List<double[]> _treated = [];
    private readonly List<double[]> _controls = [];

    public void AddTreated(double[] row) => _treated.Add(row);

    public void AddControl(double[] row) => _controls.Add(row);

    /// <summary>Judges by means of any N1 rows of controls.</summary>
    public PlaceboInference Judge(PlaceboOptions options, string[] times, CancellationToken cancellationToken) =>
        PlaceboDistribution.Compute(Matrix(_controls), Matrix(_treated), options, times, cancellationToken);

    /// <summary>Judges by the sets of a design.</summary>
    /// <param name="options">How placebos are judged.</param>
    /// <param name="times">Names of the columns.</param>
    /// <param name="design">The sets.</param>
    /// <param name="factors">Their scale.</param>
    /// <param name="doses">What treated rows are divided by already, and placebos are to be.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PlaceboInference Judge(
        PlaceboOptions options, string[] times, PlaceboDesign design, PlaceboFactors? factors, double[] doses, CancellationToken cancellationToken) =>
        PlaceboDistribution.Compute(
            Matrix(_controls),
            Matrix(_treated),
            options,
            PlaceboCombinations.Given(design.Sets, _treated.Count, design.IsExhaustive, doses),
            factors,
            times,
            cancellationToken);

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
