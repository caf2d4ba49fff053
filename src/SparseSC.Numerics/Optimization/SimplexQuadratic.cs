using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>Weights on the simplex that minimise w'Gw − 2c'w, for one G and many c.</summary>
/// <remarks>
/// G holds the products of points and c those with a target, so that the weighted mean of points comes nearest to the target. The active-set method of
/// Wolfe (1976) on products instead of points: a problem begins where the one before it ended, and when c changes little a step or two are left, of
/// k² for k points that carry weight and n·k for the gradient. Products have half the digits of points: distances below about 1e-7 of the points' own
/// length are noise. An object serves one thread and keeps its memory.
/// </remarks>
public sealed unsafe class SimplexQuadratic
{
    private const double Tolerance = 1e-14;

    private readonly SimplexCorral _corral = new();
    private readonly AlignedMatrix _gradient = new(1, 1);
    private AlignedMatrix _gram = new(1, 1);
    private bool[] _allowed = [];
    private bool[] _excluded = [];
    private double[] _weights = [];
    private double _scale;

    /// <summary>The weights found last, n of them.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The points that carry weight.</summary>
    public IReadOnlyList<int> Members => _corral.Members;

    /// <summary>The largest squared length of a point that may carry weight.</summary>
    public double Scale => _scale;

    /// <summary>Takes other points. Their number is that of before when the search is to begin at the weights found last.</summary>
    /// <param name="gram">G, n×n, both triangles; it is read until the next call.</param>
    /// <param name="allowed">Which points may carry weight, at least one.</param>
    /// <param name="isWarm">Whether to begin at the weights found last.</param>
    /// <exception cref="ArgumentException">No point may carry weight.</exception>
    public void Load(AlignedMatrix gram, bool[] allowed, bool isWarm)
    {
        ArgumentNullException.ThrowIfNull(gram);
        ArgumentNullException.ThrowIfNull(allowed);
        _gram = gram;
        _allowed = allowed;
        _scale = 0;
        bool any = false;
        for (int j = 0; j < allowed.Length; j++)
        {
            any |= allowed[j];
            _scale = allowed[j] ? Math.Max(_scale, gram[j, j]) : _scale;
        }

        if (!any)
        {
            throw new ArgumentException("No point may carry weight.", nameof(allowed));
        }

        isWarm &= _weights.Length == allowed.Length;
        int[] kept = isWarm ? [.. _corral.Members] : [];
        _corral.Start(gram, _scale);
        _gradient.Reshape(1, allowed.Length);
        double sum = 0;
        foreach (int j in kept)
        {
            sum += allowed[j] && _corral.TryAdd(j) ? _weights[j] : 0;
        }

        for (int j = 0; j < _weights.Length && isWarm; j++)
        {
            _weights[j] = sum > 0 && _corral.Members.Contains(j) ? _weights[j] / sum : 0;
        }

        if (!(sum > 0))
        {
            _weights = new double[allowed.Length];
            _excluded = new bool[allowed.Length];
            _corral.Start(gram, _scale);
        }
    }

    /// <summary>Solves for one c, which has n numbers.</summary>
    public void Minimise(ReadOnlySpan<double> linear)
    {
        if (_corral.Members.Count == 0)
        {
            int nearest = Nearest(linear);
            _corral.TryAdd(nearest);
            _weights[nearest] = 1;
        }

        Array.Clear(_excluded);
        double best = double.PositiveInfinity;
        Restore(linear, -1);
        while (true)
        {
            int entering = Steepest(linear, out double value);
            if (entering < 0 || !(value < best))
            {
                return;
            }

            // To working precision a point may depend on those there are, or gain nothing; another may still improve on them.
            _excluded[entering] = !_corral.TryAdd(entering);
            if (!_excluded[entering])
            {
                Restore(linear, entering);
            }

            if (!_excluded[entering])
            {
                best = value;
                Array.Clear(_excluded);
            }
        }
    }

    private int Nearest(ReadOnlySpan<double> linear)
    {
        int nearest = -1;
        double least = double.PositiveInfinity;
        for (int j = 0; j < _allowed.Length; j++)
        {
            double value = _gram[j, j] - (2 * linear[j]);
            (nearest, least) = _allowed[j] && value < least ? (j, value) : (nearest, least);
        }

        return Math.Max(nearest, Array.IndexOf(_allowed, true));
    }

    // Moves to the minimum over the members' affine hull, dropping those whose weight would turn negative on the way.
    private void Restore(ReadOnlySpan<double> linear, int entering)
    {
        while (true)
        {
            ReadOnlySpan<double> minimum = _corral.AffineMinimum(linear);
            double step = 1;
            int blocking = -1;
            for (int i = 0; i < minimum.Length; i++)
            {
                double now = _weights[_corral.Members[i]];
                if (minimum[i] <= 0)
                {
                    double limit = now - minimum[i] > 0 ? now / (now - minimum[i]) : 0;
                    (step, blocking) = limit < step || blocking < 0 ? (limit, i) : (step, blocking);
                }
            }

            for (int i = 0; i < minimum.Length; i++)
            {
                int j = _corral.Members[i];
                _weights[j] = blocking < 0 ? minimum[i] : _weights[j] + (step * (minimum[i] - _weights[j]));
            }

            if (blocking < 0)
            {
                return;
            }

            int left = _corral.Members[blocking];
            _weights[left] = 0;
            _excluded[left] |= left == entering && step == 0;
            foreach (int dependent in _corral.RemoveAt(blocking))
            {
                Drop(dependent);
            }
        }
    }

    // What a point carried goes to the others.
    private void Drop(int point)
    {
        double rest = 1 - _weights[point];
        _weights[point] = 0;
        foreach (int j in _corral.Members)
        {
            _weights[j] /= rest;
        }
    }

    // The point along which the objective falls most steeply, or −1; and the objective.
    private int Steepest(ReadOnlySpan<double> linear, out double value)
    {
        Span<double> gradient = _gradient.Row(0);
        _gradient.Clear();
        foreach (int j in _corral.Members)
        {
            double weight = _weights[j];
            GemmKernel.Add(_gradient.Pointer, _gradient.Stride, 1, &weight, 0, 0, 1, _gram.Pointer + ((nint)j * _gram.Stride), _gram.Stride, _gradient.Stride);
        }

        value = 0;
        double level = 0;
        foreach (int j in _corral.Members)
        {
            value += _weights[j] * (gradient[j] - (2 * linear[j]));
            level += _weights[j] * (gradient[j] - linear[j]);
        }

        int entering = -1;
        double smallest = level - (Tolerance * _scale);
        for (int j = 0; j < gradient.Length; j++)
        {
            double slope = gradient[j] - linear[j];
            if (slope < smallest && _allowed[j] && !_excluded[j] && _weights[j] == 0)
            {
                (smallest, entering) = (slope, j);
            }
        }

        return entering;
    }
}
