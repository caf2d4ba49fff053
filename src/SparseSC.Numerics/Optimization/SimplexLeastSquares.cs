using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>The weights, not negative and with sum one, that bring a weighted mean of points nearest to a target.</summary>
/// <remarks>
/// min ‖Σ w_j p_j‖² over the simplex, p_j = point − target: the point of smallest norm in a convex hull. Wolfe (1976), "Finding the
/// nearest point in a polytope", Mathematical Programming 11: an active-set method that ends after finitely many steps at the exact
/// solution; the points that carry weight are affinely independent, so linearly dependent points do no harm;
/// points nearer to each other than about 1e-7 of their size count as one. Where the target lies
/// inside the hull several solutions exist, and one of them is returned. A step costs n·K for n points in K dimensions, and there are
/// about twice as many as points that carry weight. An object serves one thread and keeps its memory from one problem to the next.
/// </remarks>
public sealed unsafe class SimplexLeastSquares
{
    private const double Tolerance = 1e-13;

    private readonly Corral _corral = new();
    private readonly AlignedMatrix _mean = new(1, 1);
    private readonly AlignedMatrix _products = new(1, 1);
    private double[] _weights = [];
    private bool[] _excluded = [];

    /// <summary>Solves for the weights.</summary>
    /// <param name="points">K×n: a column for each point, the target taken off.</param>
    /// <returns>n weights.</returns>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public double[] Solve(AlignedMatrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Columns < 1)
        {
            throw new ArgumentException("There is no point.", nameof(points));
        }

        (int nearest, double scale) = Prepare(points);
        _weights[nearest] = 1;
        _corral.Start(points, nearest);
        double best = double.PositiveInfinity;
        while (scale > 0)
        {
            (int entering, double value, double norm) = Steepest(points);

            // Rounding ends the descent where exact arithmetic would: no point is nearer, or nothing is gained any more.
            if (norm - value <= Tolerance * scale || _corral.Contains(entering) || norm >= best)
            {
                break;
            }

            if (_corral.TryAdd(points, entering) && Restore())
            {
                best = norm;
            }
            else if (_weights[entering] == 0)
            {
                // To working precision the point depends on those there are; another may still improve on them.
                _corral.Remove(entering);
                _excluded[entering] = true;
            }
            else
            {
                break;
            }
        }

        return _weights;
    }

    // The point nearest to the target, and the largest squared distance.
    private (int Nearest, double Scale) Prepare(AlignedMatrix points)
    {
        int n = points.Columns;
        _weights = new double[n];
        _excluded = new bool[n];
        _mean.Reshape(1, points.Rows);
        _products.Reshape(1, n);
        _products.Clear();
        Span<double> norms = _products.Row(0);
        for (int k = 0; k < points.Rows; k++)
        {
            ReadOnlySpan<double> row = points.Row(k);
            for (int j = 0; j < n; j++)
            {
                norms[j] += row[j] * row[j];
            }
        }

        int nearest = 0;
        double scale = 0;
        for (int j = 0; j < n; j++)
        {
            nearest = norms[j] < norms[nearest] ? j : nearest;
            scale = Math.Max(scale, norms[j]);
        }

        return (nearest, scale);
    }

    // Moves to the affine minimum of the corral, dropping points whose weight would turn negative on the way.
    private bool Restore()
    {
        while (true)
        {
            double[]? minimum = _corral.AffineMinimum();
            if (minimum is null)
            {
                return false;
            }

            double step = 1;
            int blocking = -1;
            for (int i = 0; i < minimum.Length; i++)
            {
                double now = _weights[_corral[i]];
                if (minimum[i] <= 0)
                {
                    double limit = now / (now - minimum[i]);
                    (step, blocking) = now - minimum[i] > 0 && limit < step ? (limit, i) : (step, blocking);
                }
            }

            for (int i = 0; i < minimum.Length; i++)
            {
                int point = _corral[i];
                _weights[point] += step * (minimum[i] - _weights[point]);
            }

            if (blocking < 0)
            {
                return true;
            }

            _weights[_corral[blocking]] = 0;
            _corral.RemoveAt(blocking);
        }
    }

    // The point whose product with the mean is smallest, that product, and the mean's squared norm.
    private (int Entering, double Value, double Norm) Steepest(AlignedMatrix points)
    {
        _corral.Mean(_weights, _mean);
        _products.Clear();
        GemmKernel.Add(_products.Pointer, _products.Stride, 1, _mean.Pointer, 0, 1, points.Rows, points.Pointer, points.Stride, points.Stride);
        int entering = 0;
        double smallest = double.PositiveInfinity;
        ReadOnlySpan<double> products = _products.Row(0);
        for (int j = 0; j < products.Length; j++)
        {
            (smallest, entering) = products[j] < smallest && !_excluded[j] ? (products[j], j) : (smallest, entering);
        }

        double norm = 0;
        foreach (double x in _mean.Row(0))
        {
            norm += x * x;
        }

        return (entering, smallest, norm);
    }
}
