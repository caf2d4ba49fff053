namespace SparseSC.Numerics.Optimization;

/// <summary>Weights on the simplex that minimise ‖A x − b‖² + η‖x‖², exactly.</summary>
/// <remarks>
/// As weights sum to one, the objective is the squared distance from 0 of Σ x_j d_j with d_j = (a_j − b; √η e_j): the nearest point of a polytope, by
/// Wolfe (1976). The points that carry weight are kept as QR: products of nearly dependent points would lose the digits of a small η, which
/// alone decides between weights that fit equally well.
/// </remarks>
public sealed class SimplexRidge
{
    private const double Tolerance = 1e-13;
    private const double Dependent = 1e-14;

    private readonly List<int> _members = [];
    private readonly OrthogonalColumns _columns = new();
    private double[][] _points = [];
    private double _root;
    private double[] _weights = [];

    /// <summary>Solves.</summary>
    /// <param name="matrix">A: n rows of at least k numbers.</param>
    /// <param name="target">b, n numbers.</param>
    /// <param name="count">k, the number of weights.</param>
    /// <param name="ridge">η, not negative. 0 is taken as the smallest that can still choose between equally good weights.</param>
    /// <returns>k weights, not negative, with sum one.</returns>
    public double[] Solve(double[][] matrix, double[] target, int count, double ridge)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (double[] norms, double scale) = Prepare(matrix, target, count);
        if (!(scale > 0))
        {
            Array.Fill(_weights, 1.0 / count);
            return _weights;
        }

        double eta = Math.Max(ridge, 1e-24 * scale);
        _root = Math.Sqrt(eta);
        int nearest = Array.IndexOf(norms, norms.Min());
        _weights[nearest] = 1;
        Enter(nearest);
        bool[] excluded = new bool[count];
        double best = double.PositiveInfinity;
        while (true)
        {
            double[] mean = _columns.Nearest(out double distance);
            int entering = Steepest(mean, distance, eta, excluded, Math.Sqrt(scale + eta));
            if (entering < 0 || distance >= best)
            {
                return _weights;
            }

            double reached = distance;
            if (Enter(entering) && Restore())
            {
                best = reached;
                Array.Clear(excluded);
            }
            else if (_weights[entering] == 0)
            {
                Leave(_members.IndexOf(entering));
                excluded[entering] = true;
            }
            else
            {
                return _weights;
            }
        }
    }

    private (double[] Norms, double Scale) Prepare(double[][] matrix, double[] target, int count)
    {
        int rows = matrix.Length;
        _weights = new double[count];
        _members.Clear();
        _columns.Reset(rows + count);
        _points = new double[count][];
        double[] norms = new double[count];
        for (int j = 0; j < count; j++)
        {
            double[] point = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                point[i] = matrix[i][j] - target[i];
                norms[j] += point[i] * point[i];
            }

            _points[j] = point;
        }

        return (norms, norms.Max());
    }

    private bool Enter(int j)
    {
        double[] column = new double[_columns.Rows];
        _points[j].CopyTo(column, 0);
        column[_points[j].Length + j] = _root;
        _members.Add(j);
        return _columns.TryAdd(column, Dependent);
    }

    private void Leave(int index)
    {
        if (index < 0)
        {
            return;
        }

        if (index < _columns.Count)
        {
            _columns.RemoveAt(index);
        }

        _members.RemoveAt(index);
    }

    // Moves to the nearest point of the members' affine hull, dropping those whose weight would turn negative on the way.
    private bool Restore()
    {
        while (true)
        {
            double[] minimum = _columns.Affine();
            double step = 1;
            int blocking = -1;
            for (int i = 0; i < minimum.Length; i++)
            {
                double now = _weights[_members[i]];
                if (minimum[i] <= 0)
                {
                    double limit = now - minimum[i] > 0 ? now / (now - minimum[i]) : 0;
                    (step, blocking) = limit < step || blocking < 0 ? (limit, i) : (step, blocking);
                }
            }

            for (int i = 0; i < minimum.Length; i++)
            {
                int j = _members[i];
                _weights[j] = blocking < 0 ? minimum[i] : _weights[j] + (step * (minimum[i] - _weights[j]));
            }

            if (blocking < 0)
            {
                return true;
            }

            bool isNewest = blocking == minimum.Length - 1 && step == 0;
            _weights[_members[blocking]] = 0;
            if (isNewest)
            {
                return false;
            }

            Leave(blocking);
        }
    }

    // The point whose product with the nearest one falls furthest short of its squared length, or −1.
    private int Steepest(double[] mean, double distance, double eta, bool[] excluded, double scale)
    {
        int entering = -1;
        double smallest = distance - (Tolerance * scale * Math.Sqrt(distance));
        for (int j = 0; j < _weights.Length; j++)
        {
            double product = eta * _weights[j];
            double[] point = _points[j];
            for (int i = 0; i < point.Length; i++)
            {
                product += point[i] * mean[i];
            }

            if (product < smallest && !excluded[j] && _weights[j] == 0)
            {
                (smallest, entering) = (product, j);
            }
        }

        return entering;
    }
}
