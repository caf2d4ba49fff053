using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>The point of smallest norm in the affine hull of some points, as weights with sum one.</summary>
/// <remarks>With G their Gram matrix and c &gt; 0: (c·11' + G)u = 1, weights u/Σu. The matrix is positive definite for affinely independent points.</remarks>
internal sealed class AffineMinimum
{
    private readonly AlignedMatrix _factor = new(1, 1);
    private readonly AlignedMatrix _right = new(1, 1);

    /// <summary>The weights, or <c>null</c> when the points are affinely dependent to working precision.</summary>
    /// <param name="gram">The products of the points: the first <paramref name="n"/> rows and columns.</param>
    /// <param name="n">The number of points.</param>
    public double[]? Solve(AlignedMatrix gram, int n)
    {
        _factor.Reshape(n, n);
        _right.Reshape(n, 1);
        double c = 0;
        for (int i = 0; i < n; i++)
        {
            c += gram[i, i] / n;
        }

        if (!(c > 0))
        {
            return null;
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                _factor[i, j] = gram[i, j] + c;
            }
        }

        if (!Cholesky.TryFactor(_factor))
        {
            return null;
        }

        double[] solution = new double[n];
        double[] residual = new double[n];
        Array.Fill(residual, 1);

        // The second pass corrects by the residual of the first: near-dependent points would otherwise cost digits.
        for (int pass = 0; pass < 2; pass++)
        {
            _right.Clear();
            for (int i = 0; i < n; i++)
            {
                _right[i, 0] = residual[i];
            }

            Cholesky.Solve(_factor, _right);
            for (int i = 0; i < n; i++)
            {
                solution[i] += _right[i, 0];
            }

            for (int i = 0; i < n && pass == 0; i++)
            {
                double product = 0;
                for (int j = 0; j < n; j++)
                {
                    product += (gram[i, j] + c) * solution[j];
                }

                residual[i] = 1 - product;
            }
        }

        double sum = solution.Sum();
        for (int i = 0; i < n; i++)
        {
            solution[i] /= sum;
        }

        return sum > 0 && double.IsFinite(sum) ? solution : null;
    }
}
