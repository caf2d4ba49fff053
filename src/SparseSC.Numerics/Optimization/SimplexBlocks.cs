using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>Weights in blocks, not negative and each block with a given sum, that minimise a convex quadratic function exactly.</summary>
/// <remarks>
/// A primal active-set method (Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithm 16.3): Newton's step on the weights above 0, shortened where
/// one of them would turn negative, until no weight at 0 gains by rising. Within a block the largest weight gives way to the others, so that sums
/// hold exactly. Steps start from the gradient at hand, so that rounding does not add up. Where several weights are as good, a ridge of
/// 10⁻¹² of the usual curvature takes the shortest.
/// </remarks>
public sealed class SimplexBlocks
{
    private const double Ridge = 1e-12;
    private const double Tolerance = 1e-13;

    private readonly IBlockQuadratic _objective;
    private readonly int[] _blocks;
    private readonly double[] _totals;
    private readonly double[] _curvatures;
    private readonly double[] _gradient;
    private readonly bool[] _excluded;
    private readonly List<int> _free = [];
    private readonly AlignedMatrix _hessian = new(0, 0);
    private readonly AlignedMatrix _right = new(0, 0);
    private double[] _weights = [];
    private double _ridge;

    /// <summary>Takes over what is minimised.</summary>
    /// <param name="objective">The function.</param>
    /// <param name="blocks">Per weight its block, from 0; every block has at least one weight.</param>
    /// <param name="totals">Per block the sum of its weights, above 0.</param>
    public SimplexBlocks(IBlockQuadratic objective, int[] blocks, double[] totals)
    {
        _objective = objective ?? throw new ArgumentNullException(nameof(objective));
        _blocks = blocks ?? throw new ArgumentNullException(nameof(blocks));
        _totals = totals ?? throw new ArgumentNullException(nameof(totals));
        _curvatures = [.. Enumerable.Range(0, objective.Count).Select(i => objective.Curvature(i, i))];
        _gradient = new double[objective.Count];
        _excluded = new bool[objective.Count];
    }

    /// <summary>Solves.</summary>
    /// <param name="start">Weights to start from, which must be feasible; <c>null</c> starts at the best vertex.</param>
    public double[] Solve(double[]? start = null)
    {
        double[] sorted = [.. _curvatures.Where(value => value > 0).Order()];
        if (sorted.Length == 0)
        {
            sorted = [1];
        }

        _ridge = Ridge * sorted[sorted.Length / 2];
        _weights = start is null ? Vertex() : [.. start];
        _free.Clear();
        _free.AddRange(Enumerable.Range(0, _weights.Length).Where(i => _weights[i] > 0));
        Array.Clear(_excluded);
        int entered = -1;
        for (int step = 0; step < (20 * _weights.Length) + 200; step++)
        {
            Evaluate();
            int[] references = References();
            (double length, int blocking) = Move(references);
            if (length > 0)
            {
                Array.Clear(_excluded);
            }

            if (blocking >= 0)
            {
                _free.Remove(blocking);
                _excluded[blocking] |= blocking == entered && length == 0;
                continue;
            }

            Evaluate();
            entered = Entering(references);
            if (entered < 0)
            {
                break;
            }

            _free.Add(entered);
        }

        return _weights;
    }

    private double[] Vertex()
    {
        double[] weights = new double[_curvatures.Length];
        _objective.Gradient(weights, _gradient);
        int[] best = [.. _totals.Select(_ => -1)];
        double[] values = [.. _totals.Select(_ => double.PositiveInfinity)];
        for (int i = 0; i < weights.Length; i++)
        {
            int block = _blocks[i];
            double value = (0.5 * _totals[block] * _curvatures[i]) + _gradient[i];
            (values[block], best[block]) = value < values[block] ? (value, i) : (values[block], best[block]);
        }

        for (int block = 0; block < best.Length; block++)
        {
            weights[best[block]] = _totals[block];
        }

        return weights;
    }

    private void Evaluate()
    {
        _objective.Gradient(_weights, _gradient);
        for (int i = 0; i < _gradient.Length; i++)
        {
            _gradient[i] += _ridge * _weights[i];
        }
    }

    // Per block the largest weight.
    private int[] References()
    {
        int[] references = [.. _totals.Select(_ => -1)];
        foreach (int i in _free)
        {
            ref int reference = ref references[_blocks[i]];
            reference = reference < 0 || _weights[i] > _weights[reference] ? i : reference;
        }

        return references;
    }

    // Newton's step on the free weights, as far as none turns negative; the weight that stops it, or −1.
    private (double Length, int Blocking) Move(int[] references)
    {
        int[] movers = [.. _free.Where(i => references[_blocks[i]] != i)];
        double[] step = new double[_weights.Length];
        Newton(movers, references, step);
        double length = 1;
        int blocking = -1;
        foreach (int i in _free)
        {
            if (step[i] < 0 && _weights[i] + step[i] <= 0)
            {
                double limit = _weights[i] / -step[i];
                (length, blocking) = limit < length || blocking < 0 ? (limit, i) : (length, blocking);
            }
        }

        foreach (int i in _free)
        {
            _weights[i] = Math.Max(0, _weights[i] + (length * step[i]));
        }

        if (blocking >= 0)
        {
            _weights[blocking] = 0;
        }

        return (length, blocking);
    }

    private void Newton(int[] movers, int[] references, double[] step)
    {
        int n = movers.Length;
        if (n == 0)
        {
            return;
        }

        double jitter = 0;
        Reduce(movers, references, jitter);
        while (!Cholesky.TryFactor(_hessian))
        {
            jitter = Math.Max(100 * jitter, _ridge);
            if (!double.IsFinite(jitter))
            {
                return;
            }

            Reduce(movers, references, jitter);
        }

        Cholesky.Solve(_hessian, _right);
        for (int a = 0; a < n; a++)
        {
            step[movers[a]] = _right[a, 0];
            step[references[_blocks[movers[a]]]] -= _right[a, 0];
        }
    }

    private void Reduce(int[] movers, int[] references, double jitter)
    {
        int n = movers.Length;
        _hessian.Reshape(n, n);
        _right.Reshape(n, 1);
        for (int a = 0; a < n; a++)
        {
            int i = movers[a];
            int r = references[_blocks[i]];
            _right[a, 0] = _gradient[r] - _gradient[i];
            for (int b = 0; b <= a; b++)
            {
                int k = movers[b];
                int s = references[_blocks[k]];
                double value = _objective.Curvature(i, k) - _objective.Curvature(i, s) - _objective.Curvature(r, k) + _objective.Curvature(r, s);
                value += (i == k ? _ridge + jitter : 0) + (r == s ? _ridge : 0);
                _hessian[a, b] = value;
                _hessian[b, a] = value;
            }
        }
    }

    // The weight at 0 that gains most by rising in place of its block's largest, or −1.
    private int Entering(int[] references)
    {
        HashSet<int> free = [.. _free];
        int entering = -1;
        double most = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            int reference = references[_blocks[i]];
            double total = _totals[_blocks[i]];
            double gain = (_gradient[reference] - _gradient[i]) * total;
            double noise = Tolerance * ((_curvatures[i] + _curvatures[reference]) * total * total);
            if (gain > noise && gain > most && !_excluded[i] && !free.Contains(i))
            {
                (most, entering) = (gain, i);
            }
        }

        return entering;
    }
}
