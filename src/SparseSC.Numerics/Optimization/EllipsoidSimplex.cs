using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>The part of an ellipsoid that lies in a simplex: d = Σ z_k s_k e_j(k) − c with z ≥ 0 and Σ z = S.</summary>
/// <remarks>
/// With the multiplier 1/2κ of the ellipsoid, z(κ) minimises ½ d'Q d − (g + κ p)'d over the simplex. It starts in a corner for κ = ∞ and is linear in κ between
/// values at which one z becomes 0 or positive: the critical line of Markowitz (1956). It is followed until it meets the ellipsoid, on which κ is the root of a
/// quadratic. The solution is exact but for a ridge of 10⁻¹¹ on z, which decides between equally good ones.
/// </remarks>
public sealed class EllipsoidSimplex : IBoundedEllipsoid
{
    private const double Ridge = 1e-11;
    private const double Jitter = 1e-13;
    private const double Same = 1e-9;

    private readonly double[][] _quadratic;
    private readonly double[] _offset;
    private readonly double[] _turnedOffset;
    private readonly int[] _coordinate;
    private readonly double[] _sign;
    private readonly double _sum;
    private readonly double _ridge;
    private readonly AlignedMatrix _factor = new(1, 1);
    private readonly AlignedMatrix _solved = new(1, 3);
    private readonly List<int> _free = [];
    private readonly bool[] _isFree;
    private readonly double[] _pulls;
    private readonly double[] _slopes;
    private readonly Line _start;
    private readonly Line _course;
    private double[] _pull = [];

    /// <param name="quadratic">Q, k×k, positive semidefinite.</param>
    /// <param name="offset">c, k numbers.</param>
    /// <param name="coordinate">Per z the coordinate it moves, or −1 for one that moves none.</param>
    /// <param name="sign">Per z its sign.</param>
    /// <param name="sum">S.</param>
    public EllipsoidSimplex(AlignedMatrix quadratic, double[] offset, int[] coordinate, double[] sign, double sum)
    {
        ArgumentNullException.ThrowIfNull(quadratic);
        ArgumentNullException.ThrowIfNull(coordinate);
        _quadratic = [.. Enumerable.Range(0, quadratic.Rows).Select(row => quadratic.Row(row).ToArray())];
        _offset = offset;
        _coordinate = coordinate;
        _sign = sign;
        _sum = sum;
        _ridge = Ridge * Enumerable.Range(0, quadratic.Rows).Max(i => quadratic[i, i]);
        _turnedOffset = [.. _quadratic.Select(row => row.Zip(offset, (a, b) => a * b).Sum())];
        _isFree = new bool[coordinate.Length];
        _pulls = new double[coordinate.Length];
        _slopes = new double[coordinate.Length];
        _start = new Line(coordinate.Length, quadratic.Rows);
        _course = new Line(coordinate.Length, quadratic.Rows);
    }

    /// <inheritdoc/>
    public void Pull(double[] pull)
    {
        _pull = pull;
        for (int k = 0; k < _coordinate.Length; k++)
        {
            int j = _coordinate[k];
            _pulls[k] = j < 0 ? 0 : _sign[k] * (_turnedOffset[j] + pull[j]);
        }
    }

    /// <inheritdoc/>
    public double Largest(double[] direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        if (!(_sum > 0))
        {
            return 0;
        }

        int corner = Prepare(direction);
        double kappa = double.PositiveInfinity;
        int changed = corner;
        for (int round = 0; round < 20 * (_coordinate.Length + 5); round++)
        {
            if (!TrySolve())
            {
                return double.NaN;
            }

            (double next, int turned) = Next(kappa, changed);
            (double constant, double linear, double square) = Outside();
            if (double.IsInfinity(kappa) && constant <= 0)
            {
                return Value(direction, 0);
            }

            if (constant + (next * (linear + (next * square))) <= 0)
            {
                return Value(direction, Root(constant, linear, square, next, kappa));
            }

            if (turned < 0)
            {
                // The ellipsoid is met nowhere but where the course ends: it is a point.
                return Math.Max(0, Value(direction, 0));
            }

            Toggle(turned);
            (kappa, changed) = (next, turned);
        }

        return double.NaN;
    }

    // The corner of κ = ∞. Directions that are equal are told apart by a little.
    private int Prepare(double[] direction)
    {
        double scale = direction.Max(Math.Abs);
        int corner = 0;
        for (int k = 0; k < _coordinate.Length; k++)
        {
            double apart = (k * 0.6180339887498949) % 1;
            _slopes[k] = (_coordinate[k] < 0 ? 0 : _sign[k] * direction[_coordinate[k]]) + (Jitter * scale * apart);
            corner = _slopes[k] > _slopes[corner] ? k : corner;
        }

        _free.Clear();
        Array.Clear(_isFree);
        Toggle(corner);
        return corner;
    }

    private void Toggle(int k)
    {
        _isFree[k] = !_isFree[k];
        if (!_free.Remove(k))
        {
            _free.Add(k);
        }
    }

    // z and the multiplier of the sum as lines in κ, from the conditions of the free z.
    private bool TrySolve()
    {
        int n = _free.Count;
        _factor.Reshape(n, n);
        _solved.Reshape(n, 3);
        for (int a = 0; a < n; a++)
        {
            int k = _free[a];
            for (int b = 0; b < n; b++)
            {
                _factor[a, b] = Product(k, _free[b]) + (a == b ? _ridge : 0);
            }

            (_solved[a, 0], _solved[a, 1], _solved[a, 2]) = (_pulls[k], _slopes[k], 1);
        }

        if (!Cholesky.TryFactor(_factor))
        {
            return false;
        }

        Cholesky.Solve(_factor, _solved);
        (double sum0, double sum1, double unit) = (0, 0, 0);
        for (int a = 0; a < n; a++)
        {
            (sum0, sum1, unit) = (sum0 + _solved[a, 0], sum1 + _solved[a, 1], unit + _solved[a, 2]);
        }

        Set(_start, 0, (sum0 - _sum) / unit);
        Set(_course, 1, sum1 / unit);
        return true;
    }

    private void Set(Line line, int column, double multiplier)
    {
        line.Clear();
        line.Multiplier = multiplier;
        for (int a = 0; a < _free.Count; a++)
        {
            int k = _free[a];
            double z = _solved[a, column] - (multiplier * _solved[a, 2]);
            line.Z[k] = z;
            if (_coordinate[k] >= 0)
            {
                line.X[_coordinate[k]] += _sign[k] * z;
            }
        }

        for (int l = 0; l < line.X.Length; l++)
        {
            double x = line.X[l];
            double[] row = _quadratic[l];
            for (int j = 0; j < row.Length && x != 0; j++)
            {
                line.Turned[j] += x * row[j];
            }
        }
    }

    // The next smaller κ at which a free z becomes 0 or the multiplier of another does.
    private (double Kappa, int Turned) Next(double kappa, int changed)
    {
        double next = 0;
        int found = -1;
        for (int k = 0; k < _coordinate.Length; k++)
        {
            double constant = _isFree[k] ? _start.Z[k] : Multiplier(_start, k, _pulls);
            double slope = _isFree[k] ? _course.Z[k] : Multiplier(_course, k, _slopes);
            double at = -constant / slope;
            bool isBack = k == changed && at >= kappa * (1 - Same);
            if (slope > 0 && at > next && !isBack)
            {
                (next, found) = (Math.Min(at, kappa), k);
            }
        }

        return (next, found);
    }

    private double Multiplier(Line line, int k, double[] of) =>
        (_coordinate[k] < 0 ? 0 : _sign[k] * line.Turned[_coordinate[k]]) - of[k] + line.Multiplier;

    // d'Q d − 2 g'd as a polynomial in κ.
    private (double Constant, double Linear, double Square) Outside()
    {
        (double constant, double linear, double square) = (0, 0, 0);
        for (int j = 0; j < _offset.Length; j++)
        {
            double a = _start.X[j] - _offset[j];
            double turned = _start.Turned[j] - _turnedOffset[j];
            double b = _course.X[j];
            constant += a * (turned - (2 * _pull[j]));
            linear += 2 * b * (turned - _pull[j]);
            square += b * _course.Turned[j];
        }

        return (constant, linear, square);
    }

    private static double Root(double constant, double linear, double square, double low, double high)
    {
        double half = linear / 2;
        double root = Math.Sqrt(Math.Max(0, (half * half) - (square * constant)));
        double kappa = half > 0 ? -constant / (half + root) : (root - half) / square;
        return double.IsFinite(kappa) ? Math.Clamp(kappa, low, high) : low;
    }

    private double Value(double[] direction, double kappa)
    {
        double sum = 0;
        for (int j = 0; j < _offset.Length; j++)
        {
            sum += direction[j] * (_start.X[j] - _offset[j] + (kappa * _course.X[j]));
        }

        return sum;
    }

    private double Product(int k, int l) =>
        _coordinate[k] < 0 || _coordinate[l] < 0 ? 0 : _sign[k] * _sign[l] * _quadratic[_coordinate[k]][_coordinate[l]];

    /// <summary>The constant part of a line in κ, or its slope.</summary>
    private sealed class Line(int variables, int coordinates)
    {
        public double[] Z { get; } = new double[variables];

        public double[] X { get; } = new double[coordinates];

        public double[] Turned { get; } = new double[coordinates];

        public double Multiplier { get; set; }

        public void Clear()
        {
            Array.Clear(Z);
            Array.Clear(X);
            Array.Clear(Turned);
        }
    }
}
