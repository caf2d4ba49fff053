using SparseSC.Core.Threading;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>One donor set solved for given v and w: what predictions, and weights if they are wanted, are made of.</summary>
/// <remarks>
/// B = V(wI + SV)⁻¹ = D M⁻¹ D with M = wI + DSD = U'U and D = diag(√v) on the support. With z = U⁻ᵀDx products x_i'Bx_j are z_i'z_j, so
/// that donors are read twice, some rows at a time, and nothing as long as they are is kept but two numbers for each. Blocks of donors
/// are summed on their own and added up in their order: the bits do not depend on the number of threads.
/// </remarks>
internal sealed class DonorSolution
{
    private const int BlockRows = 16_384;
    private const int ChunkRows = 128;

    private DonorSolution(int donors, int support, int targets)
    {
        Leverages = new double[donors];
        MeanProducts = new double[donors];
        Coefficients = new AlignedMatrix(support, targets);
    }

    /// <summary>x_j'B x_j of every donor.</summary>
    public double[] Leverages { get; }

    /// <summary>x̄'B x_j of every donor.</summary>
    public double[] MeanProducts { get; }

    /// <summary>B X'Y = VQ on the support, |s|×T.</summary>
    public AlignedMatrix Coefficients { get; }

    /// <summary>B x_j of every donor, |s|×n; <c>null</c> when no weights are wanted.</summary>
    public AlignedMatrix? Weighted { get; private set; }

    /// <summary>Solves.</summary>
    /// <param name="data">All units.</param>
    /// <param name="donors">Rows of the donors.</param>
    /// <param name="support">Features in play.</param>
    /// <param name="mean">Means of those features over the donors.</param>
    /// <param name="w">Penalty on the unit weights.</param>
    /// <param name="keepsWeighted">Whether <see cref="Weighted"/> is wanted.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <exception cref="Errors.SingularSystemException">The unit weights are not unique.</exception>
    public static DonorSolution Solve(
        UnitData data, int[] donors, SupportSet support, double[] mean, double w, bool keepsWeighted, ParallelOptions parallel)
    {
        DonorSolution solution = new(donors.Length, support.Count, data.Targets);
        if (w == 0 || donors.Length < support.Count)
        {
            solution.SolveDual(data, donors, support, mean, w);
        }
        else
        {
            solution.Weighted = keepsWeighted ? new AlignedMatrix(support.Count, donors.Length) : null;
            solution.SolvePrimal(data, donors, support, mean, w, parallel);
        }

        return solution;
    }

    // Fewer donors than features: everything they are is small.
    private void SolveDual(UnitData data, int[] donors, SupportSet support, double[] mean, double w)
    {
        LeaveOneOutData rows = new(data, donors);
        UnitSolver solver = new();
        solver.Solve(rows, support, w);
        Weighted = solver.Weighted;
        int n = donors.Length;
        Gemm.Add(Weighted, rows.Y, Coefficients);
        for (int a = 0; a < support.Count; a++)
        {
            Span<double> row = Weighted.Row(a);
            for (int j = 0; j < n; j++)
            {
                MeanProducts[j] = Math.FusedMultiplyAdd(mean[a], row[j], MeanProducts[j]);
                Leverages[j] = Math.FusedMultiplyAdd(rows.X[j, support.Indices[a]], row[j], Leverages[j]);
            }
        }
    }

    private void SolvePrimal(UnitData data, int[] donors, SupportSet support, double[] mean, double w, ParallelOptions parallel)
    {
        int s = support.Count;
        int blocks = (donors.Length + BlockRows - 1) / BlockRows;
        AlignedMatrix[] parts = new AlignedMatrix[blocks];
        OrderedWork.Run(blocks, parallel, () => new Scratch(), (b, scratch) =>
            parts[b] = Moments(data, Rows(donors, b), support, scratch));
        AlignedMatrix factor = Sum(parts);
        for (int a = 0; a < s; a++)
        {
            for (int b = a; b < s; b++)
            {
                factor[a, b] *= support.Roots[a] * support.Roots[b];
            }

            factor[a, a] += w;
        }

        if (!Cholesky.TryFactor(factor))
        {
            throw UnitSolver.NotUnique(donors.Length, s, w);
        }

        AlignedMatrix centre = new(s, 1);
        for (int a = 0; a < s; a++)
        {
            centre[a, 0] = support.Roots[a] * mean[a];
        }

        Cholesky.SolveTransposed(factor, centre);
        double[] projectedMean = [.. Enumerable.Range(0, s).Select(a => centre[a, 0])];
        OrderedWork.Run(blocks, parallel, () => new Scratch(), (b, scratch) =>
            parts[b] = Project(data, Rows(donors, b), b * BlockRows, support, factor, projectedMean, scratch));
        AlignedMatrix sum = Sum(parts);
        Cholesky.SolveUpper(factor, sum);
        for (int a = 0; a < s; a++)
        {
            Scale(sum.Row(a), support.Roots[a], Coefficients.Row(a));
        }
    }

    // X'X on the support, upper triangle.
    private static AlignedMatrix Moments(UnitData data, ReadOnlySpan<int> rows, SupportSet support, Scratch scratch)
    {
        int s = support.Count;
        AlignedMatrix result = new(s, s);
        for (int start = 0; start < rows.Length; start += ChunkRows)
        {
            ReadOnlySpan<int> chunk = rows.Slice(start, Math.Min(ChunkRows, rows.Length - start));
            Syrk.AddUpper(scratch.Gather(data.X, chunk, support), result);
        }

        return result;
    }

    // Z'Y of some donors, z = U⁻ᵀDx, and what is kept of each of them.
    private AlignedMatrix Project(
        UnitData data, ReadOnlySpan<int> rows, int offset, SupportSet support, AlignedMatrix factor, double[] mean, Scratch scratch)
    {
        int s = support.Count;
        AlignedMatrix result = new(s, data.Targets);
        AlignedMatrix z = scratch.Projected;
        AlignedMatrix sums = scratch.Sums;
        for (int start = 0; start < rows.Length; start += ChunkRows)
        {
            ReadOnlySpan<int> chunk = rows.Slice(start, Math.Min(ChunkRows, rows.Length - start));
            AlignedMatrix x = scratch.Gather(data.X, chunk, support);
            AlignedMatrix y = scratch.GatherTargets(data.Y, chunk);
            z.Reshape(s, chunk.Length);
            for (int a = 0; a < s; a++)
            {
                double root = support.Roots[a];
                Span<double> to = z.Row(a);
                for (int r = 0; r < to.Length; r++)
                {
                    to[r] = root * x[r, a];
                }
            }

            Cholesky.SolveTransposed(factor, z);
            Gemm.Add(z, y, result);
            sums.Reshape(2, chunk.Length);
            sums.Clear();
            Gemv.AddTransposed(z, mean, sums.PaddedRow(0));
            Gemv.AddSquares(z, sums.PaddedRow(1));
            sums.Row(0).CopyTo(MeanProducts.AsSpan(offset + start));
            sums.Row(1).CopyTo(Leverages.AsSpan(offset + start));
            if (Weighted is not null)
            {
                Cholesky.SolveUpper(factor, z);
                for (int a = 0; a < s; a++)
                {
                    Scale(z.Row(a), support.Roots[a], Weighted.Row(a).Slice(offset + start, chunk.Length));
                }
            }
        }

        return result;
    }

    private static ReadOnlySpan<int> Rows(int[] donors, int block) =>
        donors.AsSpan(block * BlockRows, Math.Min(BlockRows, donors.Length - (block * BlockRows)));

    private static AlignedMatrix Sum(AlignedMatrix[] parts)
    {
        AlignedMatrix total = parts[0];
        foreach (AlignedMatrix part in parts.Skip(1))
        {
            for (int i = 0; i < total.Rows; i++)
            {
                Span<double> to = total.Row(i);
                ReadOnlySpan<double> from = part.Row(i);
                for (int k = 0; k < to.Length; k++)
                {
                    to[k] += from[k];
                }
            }
        }

        return total;
    }

    private static void Scale(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        for (int t = 0; t < source.Length; t++)
        {
            target[t] = factor * source[t];
        }
    }

    private sealed class Scratch
    {
        private readonly AlignedMatrix _features = new(0, 0);
        private readonly AlignedMatrix _targets = new(0, 0);

        public AlignedMatrix Projected { get; } = new(0, 0);

        public AlignedMatrix Sums { get; } = new(0, 0);

        public AlignedMatrix Gather(AlignedMatrix source, ReadOnlySpan<int> rows, SupportSet support)
        {
            _features.Reshape(rows.Length, support.Count);
            ReadOnlySpan<int> indices = support.Indices.AsSpan(0, support.Count);
            for (int r = 0; r < rows.Length; r++)
            {
                Span<double> from = source.Row(rows[r]);
                Span<double> to = _features.Row(r);
                for (int a = 0; a < to.Length; a++)
                {
                    to[a] = from[indices[a]];
                }
            }

            return _features;
        }

        public AlignedMatrix GatherTargets(AlignedMatrix source, ReadOnlySpan<int> rows)
        {
            _targets.Reshape(rows.Length, source.Columns);
            for (int r = 0; r < rows.Length; r++)
            {
                source.Row(rows[r]).CopyTo(_targets.Row(r));
            }

            return _targets;
        }
    }
}
