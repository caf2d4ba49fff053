using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>Makes a Hessian positive definite by the absolute values of its eigenvalues within the feasible directions.</summary>
/// <remarks>
/// Along directions of negative curvature the model then still descends, and as far as the curvature allows (saddle-free Newton:
/// Dauphin et al. 2014). Where the Hessian is positive definite nothing changes, so convergence stays quadratic.
/// </remarks>
internal sealed class ConvexModel
{
    private const double RelativeFloor = 1e-10;
    private readonly SymmetricEigen _eigen = new();
    private double[] _sums = [];

    /// <summary>Largest eigenvalue, in absolute value, of the last matrix.</summary>
    public double Scale { get; private set; }

    /// <summary>Changes <paramref name="hessian"/> in place.</summary>
    /// <param name="hessian">Symmetric, n×n.</param>
    /// <param name="sumsToZero">Whether only directions that sum to zero are feasible.</param>
    public void MakeConvex(AlignedMatrix hessian, bool sumsToZero)
    {
        int n = hessian.Rows;
        if (sumsToZero)
        {
            Project(hessian);
        }

        _eigen.Decompose(hessian);
        Scale = double.Epsilon;
        for (int i = 0; i < n; i++)
        {
            Scale = Math.Max(Scale, Math.Abs(_eigen.Values[i]));
        }

        hessian.Clear();
        for (int i = 0; i < n; i++)
        {
            double value = Math.Max(Math.Abs(_eigen.Values[i]), RelativeFloor * Scale);
            Span<double> vector = _eigen.Vectors.Row(i);
            for (int a = 0; a < n; a++)
            {
                double factor = value * vector[a];
                Span<double> row = hessian.Row(a);
                for (int b = 0; b < n; b++)
                {
                    row[b] += factor * vector[b];
                }
            }
        }

        if (sumsToZero)
        {
            // The direction of equal steps is infeasible; any positive curvature there keeps the matrix definite.
            for (int a = 0; a < n; a++)
            {
                foreach (ref double x in hessian.Row(a))
                {
                    x += Scale / n;
                }
            }
        }
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
            for (int b = 0; b < n; b++)
            {
                hessian[a, b] += (total / n) - _sums[a] - _sums[b];
            }
        }
    }
}
