using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Penalized;

/// <summary>‖Σ w_j d_j‖² + λ Σ w_j ‖d_j‖² of donors less a unit, d_j.</summary>
/// <param name="differences">A row for each donor.</param>
/// <param name="penalty">λ.</param>
internal sealed class PenalizedDistance(double[][] differences, double penalty) : IBlockQuadratic
{
    private readonly double[] _squares = [.. differences.Select(row => Product(row, row))];

    /// <inheritdoc/>
    public int Count => differences.Length;

    /// <inheritdoc/>
    public double Curvature(int row, int column) => 2 * (row == column ? _squares[row] : Product(differences[row], differences[column]));

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        double[] mean = new double[differences[0].Length];
        for (int j = 0; j < weights.Length; j++)
        {
            double[] row = differences[j];
            for (int k = 0; k < mean.Length && weights[j] != 0; k++)
            {
                mean[k] += weights[j] * row[k];
            }
        }

        for (int j = 0; j < gradient.Length; j++)
        {
            gradient[j] = (2 * Product(differences[j], mean)) + (penalty * _squares[j]);
        }
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
