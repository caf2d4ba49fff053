using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Effects.Estimators.Augmented;

/// <summary>The ridge correction of weights, for any λ, from one eigenvalue decomposition of X'X.</summary>
/// <remarks>
/// With X'X = V L V' the correction is X V (L + λ)⁻¹ V'r. Without column t, the error there is Σ v_tk λ/(L_k + λ) (V'r)_k divided by
/// Σ v_tk² λ/(L_k + λ): all λ and all columns come from the same decomposition.
/// </remarks>
internal sealed class RidgePath
{
    private readonly double[][] _rows;
    private readonly SymmetricEigen _eigen = new();

    /// <param name="rows">X: N0 rows of K numbers.</param>
    public RidgePath(double[][] rows)
    {
        _rows = rows;
        int columns = rows[0].Length;
        AlignedMatrix gram = new(columns, columns);
        for (int k = 0; k < columns; k++)
        {
            for (int l = 0; l <= k; l++)
            {
                double sum = 0;
                foreach (double[] row in rows)
                {
                    sum += row[k] * row[l];
                }

                gram[k, l] = sum;
                gram[l, k] = sum;
            }
        }

        _eigen.Decompose(gram);
    }

    /// <summary>The square of the largest singular value of X.</summary>
    public double Largest => _eigen.Values[^1];

    /// <summary>What is added to the weights: X (X'X + λ)⁻¹ r.</summary>
    public double[] Correction(double[] rest, double lambda)
    {
        double[] turned = Turned(rest);
        double[] solved = new double[rest.Length];
        for (int k = 0; k < turned.Length; k++)
        {
            ReadOnlySpan<double> vector = _eigen.Vector(k);
            double value = turned[k] / (Math.Max(0, _eigen.Values[k]) + lambda);
            for (int t = 0; t < solved.Length; t++)
            {
                solved[t] += vector[t] * value;
            }
        }

        return [.. _rows.Select(row =>
        {
            double sum = 0;
            for (int t = 0; t < solved.Length; t++)
            {
                sum += row[t] * solved[t];
            }

            return sum;
        })];
    }

    /// <summary>The errors in a column when weights and correction are made without it, for each λ.</summary>
    /// <param name="rest">r by weights that were made without the column, all columns.</param>
    /// <param name="column">The column.</param>
    /// <param name="lambdas">λ.</param>
    public double[] HeldOutErrors(double[] rest, int column, double[] lambdas)
    {
        double[] turned = Turned(rest);
        return [.. lambdas.Select(lambda => HeldOutError(turned, column, lambda))];
    }

    private double HeldOutError(double[] turned, int column, double lambda)
    {
        double error = 0;
        double leverage = 0;
        for (int k = 0; k < turned.Length; k++)
        {
            double own = _eigen.Vector(k)[column];
            double share = lambda / (Math.Max(0, _eigen.Values[k]) + lambda);
            error += own * share * turned[k];
            leverage += own * own * share;
        }

        return error / leverage;
    }

    private double[] Turned(double[] rest)
    {
        double[] turned = new double[rest.Length];
        for (int k = 0; k < turned.Length; k++)
        {
            ReadOnlySpan<double> vector = _eigen.Vector(k);
            for (int t = 0; t < rest.Length; t++)
            {
                turned[k] += vector[t] * rest[t];
            }
        }

        return turned;
    }
}
