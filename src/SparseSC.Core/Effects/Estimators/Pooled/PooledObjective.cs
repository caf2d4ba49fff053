using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Pooled;

/// <summary>a ‖Σ_j d_j‖² + Σ_j b_j ‖d_j‖² of the imbalances d_j of targets, which end at their treatments.</summary>
internal sealed class PooledObjective : IBlockQuadratic
{
    private const int MostKept = 2000;

    private readonly IReadOnlyList<PooledTarget> _targets;
    private readonly double _pooled;
    private readonly double[] _separate;
    private readonly int[] _offsets;
    private readonly double[][] _points;
    private readonly double[]? _kept;

    /// <param name="targets">The targets.</param>
    /// <param name="pooled">a.</param>
    /// <param name="separate">b, one per target.</param>
    public PooledObjective(IReadOnlyList<PooledTarget> targets, double pooled, double[] separate)
    {
        _targets = targets;
        _pooled = pooled;
        _separate = separate;
        _offsets = new int[targets.Count + 1];
        for (int j = 0; j < targets.Count; j++)
        {
            _offsets[j + 1] = _offsets[j] + targets[j].Donors.Length;
        }

        Blocks = [.. targets.SelectMany((target, j) => target.Donors.Select(_ => j))];
        _points = [.. targets.SelectMany(target => target.Points)];
        if (Count <= MostKept)
        {
            _kept = new double[Count * Count];
            Array.Fill(_kept, double.NaN);
        }
    }

    /// <inheritdoc/>
    public int Count => Blocks.Length;

    /// <summary>Per weight its target.</summary>
    public int[] Blocks { get; }

    /// <summary>The weights of one target.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> weights, int target) => weights[_offsets[target].._offsets[target + 1]];

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        double[] pooled = new double[_targets.Max(target => target.Lags)];
        double[][] rests = new double[_targets.Count][];
        for (int j = 0; j < rests.Length; j++)
        {
            rests[j] = _targets[j].Imbalance(Of(weights, j));
            for (int t = 1; t <= rests[j].Length; t++)
            {
                pooled[^t] += rests[j][^t];
            }
        }

        for (int j = 0; j < rests.Length; j++)
        {
            double[] rest = rests[j];
            for (int t = 1; t <= rest.Length; t++)
            {
                rest[^t] = (_pooled * pooled[^t]) + (_separate[j] * rest[^t]);
            }

            for (int i = _offsets[j]; i < _offsets[j + 1]; i++)
            {
                gradient[i] = -2 * Product(_points[i], rest);
            }
        }
    }

    /// <inheritdoc/>
    public double Curvature(int row, int column)
    {
        if (_kept is null)
        {
            return Compute(row, column);
        }

        ref double kept = ref _kept[(row * Count) + column];
        if (double.IsNaN(kept))
        {
            kept = Compute(row, column);
            _kept[(column * Count) + row] = kept;
        }

        return kept;
    }

    private double Compute(int row, int column) =>
        2 * (_pooled + (Blocks[row] == Blocks[column] ? _separate[Blocks[row]] : 0)) * Product(_points[row], _points[column]);

    // Of the periods that both have, counted back from the treatment.
    private static double Product(double[] a, double[] b)
    {
        int shared = Math.Min(a.Length, b.Length);
        int ofA = a.Length - shared;
        int ofB = b.Length - shared;
        double sum = 0;
        for (int t = 0; t < shared; t++)
        {
            sum += a[ofA + t] * b[ofB + t];
        }

        return sum;
    }
}
