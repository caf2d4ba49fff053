using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>
/// Minimises g'd + ½d'Hd subject to x + d ≥ 0 and, on the simplex, Σd = 0, by a primal active-set method.
/// </summary>
/// <remarks>Source: Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithm 16.3. H must be positive definite.</remarks>
internal sealed class BoundedQuadratic
{
    private readonly AlignedMatrix _factor = new(0, 0);
    private readonly AlignedMatrix _right = new(0, 0);
    private int[] _free = [];
    private bool[] _isBound = [];
    private double[] _target = [];

    /// <summary>Solves; <paramref name="step"/> receives d.</summary>
    /// <returns><c>false</c> when H is not positive definite on the free coordinates.</returns>
    public bool TrySolve(AlignedMatrix hessian, ReadOnlySpan<double> gradient, ReadOnlySpan<double> point, bool sumsToZero, Span<double> step)
    {
        int n = point.Length;
        Reserve(n);
        step.Clear();
        Array.Clear(_isBound, 0, n);
        for (int round = 0; round < (4 * n) + 8; round++)
        {
            if (!TrySolveFree(hessian, gradient, step, sumsToZero, out double multiplier))
            {
                return false;
            }

            int blocking = -1;
            double length = 1;
            for (int i = 0; i < n; i++)
            {
                double move = _target[i] - step[i];
                if (_isBound[i] || move >= 0 || point[i] + _target[i] >= 0)
                {
                    continue;
                }

                double reach = Math.Max(0, (point[i] + step[i]) / -move);
                if (reach < length)
                {
                    length = reach;
                    blocking = i;
                }
            }

            for (int i = 0; i < n; i++)
            {
                step[i] += length * (_target[i] - step[i]);
            }

            if (blocking >= 0)
            {
                step[blocking] = -point[blocking];
                _isBound[blocking] = true;
                continue;
            }

            int release = MostNegativeMultiplier(hessian, gradient, step, multiplier);
            if (release < 0)
            {
                return true;
            }

            _isBound[release] = false;
        }

        return true;
    }

    /// <summary>The minimiser over the free coordinates, the bound ones staying where they are.</summary>
    private bool TrySolveFree(AlignedMatrix hessian, ReadOnlySpan<double> gradient, ReadOnlySpan<double> step, bool sumsToZero, out double multiplier)
    {
        int n = step.Length;
        int free = 0;
        double boundSum = 0;
        for (int i = 0; i < n; i++)
        {
            _target[i] = step[i];
            if (_isBound[i])
            {
                boundSum += step[i];
            }
            else
            {
                _free[free++] = i;
            }
        }

        multiplier = 0;
        if (free == 0)
        {
            return true;
        }

        _factor.Reshape(free, free);
        _right.Reshape(free, 2);
        for (int a = 0; a < free; a++)
        {
            int i = _free[a];
            double right = -gradient[i];
            for (int j = 0; j < n; j++)
            {
                if (_isBound[j])
                {
                    right -= hessian[i, j] * step[j];
                }
            }

            for (int b = 0; b < free; b++)
            {
                _factor[a, b] = hessian[i, _free[b]];
            }

            _right[a, 0] = right;
            _right[a, 1] = 1;
        }

        if (!Cholesky.TryFactor(_factor))
        {
            return false;
        }

        Cholesky.Solve(_factor, _right);
        if (sumsToZero)
        {
            double sum = boundSum;
            double ones = 0;
            for (int a = 0; a < free; a++)
            {
                sum += _right[a, 0];
                ones += _right[a, 1];
            }

            multiplier = sum / ones;
        }

        for (int a = 0; a < free; a++)
        {
            _target[_free[a]] = _right[a, 0] - (multiplier * _right[a, 1]);
        }

        return true;
    }

    private int MostNegativeMultiplier(AlignedMatrix hessian, ReadOnlySpan<double> gradient, ReadOnlySpan<double> step, double multiplier)
    {
        int n = step.Length;
        int worst = -1;
        double lowest = 0;
        for (int i = 0; i < n; i++)
        {
            if (!_isBound[i])
            {
                continue;
            }

            double slope = gradient[i] + multiplier;
            double size = Math.Abs(gradient[i]) + Math.Abs(multiplier);
            for (int j = 0; j < n; j++)
            {
                slope += hessian[i, j] * step[j];
            }

            if (slope < lowest - (1e-12 * size))
            {
                lowest = slope;
                worst = i;
            }
        }

        return worst;
    }

    private void Reserve(int n)
    {
        if (_free.Length < n)
        {
            _free = new int[n];
            _isBound = new bool[n];
            _target = new double[n];
        }
    }
}
