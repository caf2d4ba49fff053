using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>Makes a Hessian positive definite by the absolute values of its eigenvalues within the feasible directions.</summary>
/// <remarks>
/// Along directions of negative curvature the model then still descends, and as far as the curvature allows (saddle-free Newton:
/// Dauphin et al. 2014). Where the Hessian is positive definite nothing changes, so convergence stays quadratic, and a Cholesky
/// factorisation finds that out at a fraction of what eigenvalues cost.
/// </remarks>
internal sealed class ConvexModel
{
    private const double RelativeFloor = 1e-10;
    private readonly SymmetricEigen _eigen = new();
    private readonly AlignedMatrix _factor = new(0, 0);
    private double[] _sums = [];

    /// <summary>Changes <paramref name="hessian"/> in place.</summary>
    /// <param name="hessian">Symmetric, n×n.</param>
    /// <param name="sumsToZero">Whether only directions that sum to zero are feasible.</param>
    public void MakeConvex(AlignedMatrix hessian, bool sumsToZero)
    {
        if (sumsToZero)
        {
            Project(hessian);
        }

        // The direction of equal steps is infeasible; any positive curvature there keeps the matrix definite.
        double ofEqualSteps = sumsToZero ? LargestDiagonal(hessian) / hessian.Rows : 0;
        if (IsPositiveDefinite(hessian, ofEqualSteps))
        {
            AddToAll(hessian, ofEqualSteps);
            return;
        }

        double scale = TakeAbsoluteValues(hessian);
        AddToAll(hessian, sumsToZero ? scale / hessian.Rows : 0);
    }

    private bool IsPositiveDefinite(AlignedMatrix hessian, double shift)
    {
        int n = hessian.Rows;
        double floor = RelativeFloor * LargestDiagonal(hessian);
        if (!(floor > 0))
        {
            return false;
        }

        _factor.Reshape(n, n);
        for (int a = 0; a < n; a++)
        {
            hessian.Row(a).CopyTo(_factor.Row(a));
        }

        AddToAll(_factor, shift);
        if (!Cholesky.TryFactor(_factor))
        {
            return false;
        }

        for (int a = 0; a < n; a++)
        {
            if (_factor[a, a] * _factor[a, a] < floor)
            {
                return false;
            }
        }

        return true;
    }

    private static double LargestDiagonal(AlignedMatrix matrix)
    {
        double largest = 0;
        for (int a = 0; a < matrix.Rows; a++)
        {
            largest = Math.Max(largest, matrix[a, a]);
        }

        return largest;
    }

    private static void AddToAll(AlignedMatrix matrix, double shift)
    {
        for (int a = 0; a < matrix.Rows; a++)
        {
            foreach (ref double x in matrix.Row(a))
            {
                x += shift;
            }
        }
    }

    /// <summary>Replaces H = Σ μ u u' by Σ |μ| u u', the smallest raised to a share of the largest; returns that.</summary>
    private double TakeAbsoluteValues(AlignedMatrix hessian)
    {
        int n = hessian.Rows;
        _eigen.Decompose(hessian);
        double scale = double.Epsilon;
        for (int i = 0; i < n; i++)
        {
            scale = Math.Max(scale, Math.Abs(_eigen.Values[i]));
        }

        hessian.Clear();
        for (int i = 0; i < n; i++)
        {
            double value = Math.Max(Math.Abs(_eigen.Values[i]), RelativeFloor * scale);
            ReadOnlySpan<double> vector = _eigen.Vector(i);
            for (int a = 0; a < n; a++)
            {
                double factor = value * vector[a];
                Span<double> row = hessian.Row(a);
                for (int b = 0; b < row.Length; b++)
                {
                    row[b] += factor * vector[b];
                }
            }
        }

        return scale;
    }

    /// <summary>PHP with P = I − 11'/n.</summary>
    private void Project(AlignedMatrix hessian)
    {
        int n = hessian.Rows;
        if (_sums.Length < n)
        {
            _sums = new double[n];
        }

        double total = 0;
        for (int a = 0; a < n; a++)
        {
            double sum = 0;
            foreach (double x in hessian.Row(a))
            {
                sum += x;
            }

            _sums[a] = sum / n;
            total += sum / n;
        }

        for (int a = 0; a < n; a++)
        {
            Span<double> row = hessian.Row(a);
            double shift = (total / n) - _sums[a];
            for (int b = 0; b < row.Length; b++)
            {
                row[b] += shift - _sums[b];
            }
        }
    }
}
