using System.Runtime.CompilerServices;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>The regressions of <see cref="RidgeLeaveOneOut"/> in the basis of the donors' singular vectors.</summary>
/// <remarks>
/// Goals are taken in blocks: their coordinates times V' is one product per penalty. A donor's own row is the donors' mean plus its
/// offset z, so that <c>(G + αI)⁻¹</c> applied to z serves the response and the downdate alike.
/// </remarks>
internal sealed partial class RidgeGoals
{
    /// <summary>Goals per block.</summary>
    public const int BlockRows = 64;

    private const int BlocksPerGroup = 256;
    private readonly int _features;
    private readonly int _rank;
    private readonly double[] _squares;
    private readonly AlignedMatrix _vectors;
    private readonly AlignedMatrix _transposed;
    private readonly AlignedMatrix? _left;
    private readonly double[] _outsideBasis;
    private readonly bool _spans;
    private readonly ScaledRows _donors;
    private readonly ScaledRows _outside;
    private readonly bool _donorsAreGoals;
    private readonly double[] _mean;
    private readonly double[] _meanCoordinates;

    public RidgeGoals(ScaledRows donors, bool donorsAreGoals, ScaledRows outside)
    {
        _donors = donors;
        _outside = outside;
        _donorsAreGoals = donorsAreGoals;
        _features = donors.Columns;
        bool isTall = donors.Rows > _features;
        ThinSingularValues svd = new(isTall ? ThinQr.R(donors) : donors.ToMatrix());
        _left = isTall ? null : svd.Left;
        _rank = svd.Values.Length;
        _squares = [.. svd.Values.Select(s => s * s)];
        _vectors = svd.VectorsTransposed;
        _transposed = new AlignedMatrix(_features, _rank);
        for (int j = 0; j < _rank; j++)
        {
            for (int k = 0; k < _features; k++)
            {
                _transposed[k, j] = _vectors[j, k];
            }
        }

        // With at least as many donors as features the vectors span everything, unless a singular value is zero.
        _spans = donors.Rows >= _features && !_squares.Contains(0);
        _outsideBasis = new double[_features];
        for (int k = 0; k < _features && !_spans; k++)
        {
            double inside = 0;
            for (int j = 0; j < _rank; j++)
            {
                inside += _vectors[j, k] * _vectors[j, k];
            }

            _outsideBasis[k] = Math.Max(0, 1 - inside);
        }

        _mean = Mean(donors);
        _meanCoordinates = new double[_rank];
        for (int j = 0; j < _rank; j++)
        {
            for (int k = 0; k < _features; k++)
            {
                _meanCoordinates[j] += _vectors[j, k] * _mean[k];
            }
        }
    }

    /// <summary>The number of blocks of donors that are goals.</summary>
    public int DonorBlocks => _donorsAreGoals ? (_donors.Rows + BlockRows - 1) / BlockRows : 0;

    /// <summary>Σ of squared leave-one-out errors over all goals and rows, per penalty; sums run in the order of the goals.</summary>
    public double[] Errors(double[] penalties, ParallelOptions parallel) =>
        Total(ErrorsByBlock([.. Enumerable.Range(0, DonorBlocks + OutsideBlocks)], penalties, plain: null, parallel), penalties.Length);

    /// <summary>The same over the goals that are not donors.</summary>
    public double[] OutsideErrors(double[] penalties, ParallelOptions parallel) =>
        Total(ErrorsByBlock([.. Enumerable.Range(DonorBlocks, OutsideBlocks)], penalties, plain: null, parallel), penalties.Length);

    /// <summary>The same by block.</summary>
    /// <param name="blocks">Which blocks: those of the donors come first.</param>
    /// <param name="penalties">The penalties.</param>
    /// <param name="plain">Receives what the errors of donors would be did they not leave themselves out; <c>null</c> when it is not wanted.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public double[][] ErrorsByBlock(int[] blocks, double[] penalties, double[][]? plain, ParallelOptions parallel)
    {
        double[][] diagonals = [.. penalties.Select(Diagonal)];
        double[][] means = [.. penalties.Select(MeanSolution)];
        int donorBlocks = DonorBlocks;
        double[][] byBlock = new double[blocks.Length][];
        Parallel.For(0, blocks.Length, parallel, () => new Scratch(), (b, _, scratch) =>
        {
            int block = blocks[b];
            bool isDonor = block < donorBlocks;
            int start = (isDonor ? block : block - donorBlocks) * BlockRows;
            byBlock[b] = new double[penalties.Length];
            if (plain is not null)
            {
                plain[b] = new double[penalties.Length];
            }

            Project(isDonor ? _donors : _outside, start, isDonor, scratch);
            for (int p = 0; p < penalties.Length; p++)
            {
                Solve(penalties[p], scratch);
                for (int i = 0; i < scratch.Count; i++)
                {
                    byBlock[b][p] += isDonor
                        ? DonorError(i, start + i, penalties[p], diagonals[p], means[p], scratch)
                        : OutsideError(i, penalties[p], diagonals[p], scratch);
                    if (plain is not null)
                    {
                        plain[b][p] += PlainError(i, diagonals[p], scratch);
                    }
                }
            }

            return scratch;
        }, _ => { });
        return byBlock;
    }

    private int OutsideBlocks => (_outside.Rows + BlockRows - 1) / BlockRows;

    private static double[] Total(double[][] byBlock, int penalties)
    {
        double[] totals = new double[penalties];
        foreach (double[] errors in byBlock)
        {
            for (int p = 0; p < totals.Length; p++)
            {
                totals[p] += errors[p];
            }
        }

        return totals;
    }

    /// <summary>Offsets z = x − x̄ of a block of goals, and their coordinates.</summary>
    private void Project(ScaledRows goals, int start, bool isDonor, Scratch scratch)
    {
        scratch.Count = Math.Min(BlockRows, goals.Rows - start);
        scratch.Offsets.Reshape(scratch.Count, _features);
        scratch.Coordinates.Reshape(scratch.Count, _rank);
        scratch.Coordinates.Clear();
        for (int i = 0; i < scratch.Count; i++)
        {
            Span<double> z = scratch.Offsets.Row(i);
            goals.CopyRow(start + i, z);
            for (int k = 0; k < z.Length; k++)
            {
                z[k] -= _mean[k];
            }
        }

        Gemm.Add(scratch.Offsets, _transposed, scratch.Coordinates);
        if (!isDonor && !_spans)
        {
            // What is left of the offset is what no singular vector reaches.
            Gemm.Subtract(scratch.Coordinates, _vectors, scratch.Offsets);
        }
    }

    /// <summary>(G + αI)⁻¹z inside the span, for the block at hand.</summary>
    private void Solve(double penalty, Scratch scratch)
    {
        scratch.Inverse = scratch.Inverse.Length < _rank ? new double[_rank] : scratch.Inverse;
        for (int j = 0; j < _rank; j++)
        {
            scratch.Inverse[j] = 1 / (_squares[j] + penalty);
        }

        scratch.Scaled.Reshape(scratch.Count, _rank);
        for (int i = 0; i < scratch.Count; i++)
        {
            Span<double> from = scratch.Coordinates.Row(i);
            Span<double> to = scratch.Scaled.Row(i);
            for (int j = 0; j < to.Length; j++)
            {
                to[j] = from[j] * scratch.Inverse[j];
            }
        }

        Gemm.Multiply(scratch.Scaled, _vectors, scratch.Solved);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double DonorError(int position, int donor, double penalty, double[] diagonal, double[] mean, Scratch scratch)
    {
        double share = _donors.Rows / (_donors.Rows - 1.0);
        ReadOnlySpan<double> coordinates = scratch.Coordinates.Row(position);
        double cross = 0;
        double leverage = 0;
        double slack = 0;
        for (int j = 0; j < coordinates.Length; j++)
        {
            double own = coordinates[j] + _meanCoordinates[j];
            double scaled = own * scratch.Inverse[j];
            cross += coordinates[j] * scaled;
            leverage += own * scaled;
            if (_left is not null)
            {
                // With few donors 1 − h is a sum of small positive terms; subtracting h from 1 would lose them.
                double u = _left[j, donor];
                slack += u * u * penalty * scratch.Inverse[j];
            }
        }

        double stretch = 1 / (_left is null ? Math.Max(1 - leverage, double.Epsilon) : slack);
        double factor = cross * stretch;
        ReadOnlySpan<double> solved = scratch.Solved.Row(position);
        double sum = 0;
        for (int k = 0; k < solved.Length; k++)
        {
            double own = solved[k] + mean[k];
            double residual = share * (solved[k] + (own * factor)) / (diagonal[k] + (own * own * stretch));
            sum = Math.FusedMultiplyAdd(residual, residual, sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double OutsideError(int position, double penalty, double[] diagonal, Scratch scratch)
    {
        ReadOnlySpan<double> solved = scratch.Solved.Row(position);
        ReadOnlySpan<double> rest = scratch.Offsets.Row(position);
        double sum = 0;
        for (int k = 0; k < solved.Length; k++)
        {
            double residual = (solved[k] + (_spans ? 0 : rest[k] / penalty)) / diagonal[k];
            sum = Math.FusedMultiplyAdd(residual, residual, sum);
        }

        return sum;
    }

    /// <summary>diag((G + αI)⁻¹).</summary>
    private double[] Diagonal(double penalty)
    {
        double[] diagonal = [.. _outsideBasis.Select(x => x / penalty)];
        for (int j = 0; j < _rank; j++)
        {
            double inverse = 1 / (_squares[j] + penalty);
            Span<double> v = _vectors.Row(j);
            for (int k = 0; k < _features; k++)
            {
                diagonal[k] += v[k] * v[k] * inverse;
            }
        }

        return diagonal;
    }

    /// <summary>(G + αI)⁻¹x̄.</summary>
    private double[] MeanSolution(double penalty)
    {
        double[] result = new double[_features];
        for (int j = 0; j < _rank; j++)
        {
            double coordinate = _meanCoordinates[j] / (_squares[j] + penalty);
            Span<double> v = _vectors.Row(j);
            for (int k = 0; k < _features; k++)
            {
                result[k] = Math.FusedMultiplyAdd(coordinate, v[k], result[k]);
            }
        }

        return result;
    }

    private static double[] Mean(ScaledRows rows)
    {
        double[] mean = new double[rows.Columns];
        double[] x = new double[rows.Columns];
        for (int i = 0; i < rows.Rows; i++)
        {
            rows.CopyRow(i, x);
            for (int k = 0; k < mean.Length; k++)
            {
                mean[k] += x[k];
            }
        }

        for (int k = 0; k < mean.Length; k++)
        {
            mean[k] /= rows.Rows;
        }

        return mean;
    }

    /// <summary>The scratch memory of one thread.</summary>
    private sealed class Scratch
    {
        public int Count { get; set; }

        public AlignedMatrix Offsets { get; } = new(0, 0);

        public AlignedMatrix Coordinates { get; } = new(0, 0);

        public AlignedMatrix Scaled { get; } = new(0, 0);

        public AlignedMatrix Solved { get; } = new(0, 0);

        public double[] Inverse { get; set; } = [];
    }
}
