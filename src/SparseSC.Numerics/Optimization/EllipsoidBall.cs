using MathNet.Numerics.RootFinding;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>The part of an ellipsoid within which ‖w + d‖ ≤ R.</summary>
/// <remarks>
/// Where both bind, p = 2 μ (Q d − g) + 2 ν (w + d). In the basis of Q's eigenvectors ‖w + d‖ falls as ν grows, and for each ν the multiplier μ of the ellipsoid
/// is the root of a secular equation, which Newton's method approaches from one side (Moré and Sorensen 1983, SIAM J. Sci. Stat. Comput. 4).
/// </remarks>
public sealed class EllipsoidBall : IBoundedEllipsoid
{
    private const int MostSteps = 60;
    private const int Decades = 40;
    private const double Slack = 1e-9;
    private const double Accuracy = 1e-12;

    private readonly double[] _values;
    private readonly double[][] _vectors;
    private readonly double[] _point;
    private readonly double _radius;
    private readonly double[] _step;
    private double[] _centre = [];
    private double _size;
    private double[] _direction = [];

    /// <param name="quadratic">Q, k×k, positive semidefinite.</param>
    /// <param name="point">w.</param>
    /// <param name="radius">R.</param>
    /// <param name="negligible">Eigenvalues of at most this share of the largest count as 0.</param>
    public EllipsoidBall(AlignedMatrix quadratic, double[] point, double radius, double negligible)
    {
        (_values, _vectors) = Ellipsoid.Decompose(quadratic, negligible);
        _point = Ellipsoid.Turn(_vectors, point);
        _radius = radius;
        _step = new double[_values.Length];
    }

    /// <inheritdoc/>
    public void Pull(double[] pull)
    {
        // The ellipsoid is ‖Λ^½ (d − c)‖ ≤ ρ with c = Λ⁻¹ g and ρ² = g'Λ⁻¹ g.
        _centre = Ellipsoid.Turn(_vectors, pull);
        double square = 0;
        for (int i = 0; i < _centre.Length; i++)
        {
            double pulled = _centre[i];
            _centre[i] = _values[i] > 0 ? pulled / _values[i] : 0;
            square += pulled * _centre[i];
        }

        _size = Math.Sqrt(square);
    }

    /// <inheritdoc/>
    public double Largest(double[] direction)
    {
        _direction = Ellipsoid.Turn(_vectors, direction);
        double length = Math.Sqrt(_direction.Sum(value => value * value));
        if (length == 0)
        {
            return 0;
        }

        if (_values.All(value => value > 0) && Free() <= _radius)
        {
            return Product();
        }

        // Without the ellipsoid ν = ‖p‖/2R; it is larger or smaller with it.
        double start = Math.Log(length / (2 * _radius));
        double beyond = Over(start);
        double low = start;
        double high = start;
        for (int decade = 0; decade < Decades && beyond > 0 && Over(high) > 0; decade++)
        {
            (low, high) = (high, high + Math.Log(10));
        }

        for (int decade = 0; decade < Decades && beyond <= 0 && Over(low) <= 0; decade++)
        {
            (low, high) = (low - Math.Log(10), low);
        }

        if (low < high && Over(low) > 0 && Over(high) <= 0 && Brent.TryFindRoot(Over, low, high, Accuracy, 100, out double root))
        {
            high = root;
        }

        return Over(high) <= Slack * _radius ? Product() : double.NaN;
    }

    // ‖w + d‖ of the extreme of the ellipsoid alone.
    private double Free()
    {
        double width = 0;
        for (int i = 0; i < _step.Length; i++)
        {
            width += _direction[i] * _direction[i] / _values[i];
        }

        double reach = 0;
        for (int i = 0; i < _step.Length; i++)
        {
            _step[i] = _centre[i] + (_size * _direction[i] / (_values[i] * Math.Sqrt(width)));
            reach += (_point[i] + _step[i]) * (_point[i] + _step[i]);
        }

        return Math.Sqrt(reach);
    }

    // ‖w + d‖ − R of the step that belongs to ν, which it leaves behind.
    private double Over(double logarithm)
    {
        double nu = Math.Exp(logarithm);
        double mu = Multiplier(nu);
        double reach = 0;
        for (int i = 0; i < _step.Length; i++)
        {
            _step[i] = double.IsPositiveInfinity(mu) && _values[i] > 0
                ? _centre[i]
                : _centre[i] + (Distance(i, nu) / (((_values[i] > 0 ? mu * _values[i] : 0) + nu)));
            reach += (_point[i] + _step[i]) * (_point[i] + _step[i]);
        }

        return Math.Sqrt(reach) - _radius;
    }

    // μ, 0 where the step keeps to the ellipsoid by itself.
    private double Multiplier(double nu)
    {
        if (_size == 0)
        {
            return double.PositiveInfinity;
        }

        double mu = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            double square = 0;
            double slope = 0;
            for (int i = 0; i < _step.Length; i++)
            {
                double divisor = (mu * _values[i]) + nu;
                double part = Distance(i, nu) / divisor;
                square += _values[i] * part * part;
                slope += _values[i] * _values[i] * part * part / divisor;
            }

            double length = Math.Sqrt(square);
            if (!(length > _size * (1 + 1e-13)))
            {
                break;
            }

            double next = mu + (((1 / _size) - (1 / length)) * square * length / slope);
            if (!(next > mu))
            {
                break;
            }

            mu = next;
        }

        return mu;
    }

    private double Distance(int i, double nu) => (_direction[i] / 2) - (nu * (_point[i] + _centre[i]));

    private double Product()
    {
        double sum = 0;
        for (int i = 0; i < _step.Length; i++)
        {
            sum += _direction[i] * _step[i];
        }

        return sum;
    }
}
