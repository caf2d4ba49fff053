using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>Evaluates one donor block by the n×n system of its donors, for fewer donors than features in play.</summary>
/// <remarks>
/// With A = wI + X_C V X_C': VQ = V X_C'A⁻¹Y_C, E = Ỹ − Z VQ, B = Z'E, R'E = B − X_C'A⁻¹X_C V B. The same numbers as the
/// feature-space form (the push-through identity (wI + SV)⁻¹X_C' = X_C'A⁻¹).
/// </remarks>
internal sealed unsafe partial class DualEvaluator
{
    private readonly AlignedMatrix _factor = new(0, 0);
    private readonly AlignedMatrix _donorX = new(0, 0);
    private readonly AlignedMatrix _weighted = new(0, 0);
    private readonly AlignedMatrix _solved = new(0, 0);
    private readonly AlignedMatrix _vq = new(0, 0);
    private readonly AlignedMatrix _errors = new(0, 0);
    private DonorBlock _block = null!;
    private BlockRows _rows = null!;
    private double _w;

    public void Bind(DonorBlock block, double w)
    {
        _block = block;
        _rows = block.Rows!;
        _w = w;
    }

    /// <summary>Computes Σ‖e‖² and keeps the factor for the gradient.</summary>
    /// <returns><c>false</c> when the system is singular to working precision.</returns>
    public bool TryValue(SupportSet support, BlockScratch scratch, out double value)
    {
        value = 0;
        int s = support.Count;
        int n = _block.DonorCount;
        if (!Factorise(support))
        {
            return false;
        }

        _solved.Reshape(n, _rows.DonorY.Columns);
        CopyAll(_rows.DonorY, _solved);
        Cholesky.Solve(_factor.Pointer, n, _factor.Stride, _solved.Pointer, _solved.Stride, _solved.Stride);
        _vq.Reshape(s, _solved.Columns);
        _vq.Clear();
        RowUpdate.Add(_vq.Pointer, _vq.Stride, s, _donorX.Pointer, _donorX.Stride, 1, n, _solved.Pointer, _solved.Stride, _solved.Stride);
        for (int a = 0; a < s; a++)
        {
            foreach (ref double x in _vq.Row(a))
            {
                x *= support.Values[a];
            }
        }

        _errors.Reshape(_rows.TargetY.Rows, _rows.TargetY.Columns);
        CopyAll(_rows.TargetY, _errors);
        AlignedMatrix z = scratch.SelectColumns(_rows.TargetX, support);
        RowUpdate.Subtract(_errors.Pointer, _errors.Stride, _errors.Rows, z.Pointer, z.Stride, 1, s, _vq.Pointer, _vq.Stride, _vq.Stride);
        for (int r = 0; r < _errors.Rows; r++)
        {
            foreach (double e in _errors.Row(r))
            {
                value = Math.FusedMultiplyAdd(e, e, value);
            }
        }

        return true;
    }

    /// <summary>Subtracts 2·rowsum((R'E) ∘ Q) from the gradient; the value at the same point must have been computed.</summary>
    public void AddGradient(SupportSet support, BlockScratch scratch, Span<double> gradient)
    {
        ComputeProducts(support, scratch);
        for (int k = 0; k < gradient.Length; k++)
        {
            Span<double> residual = scratch.ResidualProducts.Row(k);
            Span<double> q = scratch.Q.Row(k);
            double sum = 0;
            for (int t = 0; t < q.Length; t++)
            {
                sum = Math.FusedMultiplyAdd(residual[t], q[t], sum);
            }

            gradient[k] -= 2 * sum;
        }
    }

    /// <summary>Q and R'E for all features.</summary>
    private void ComputeProducts(SupportSet support, BlockScratch scratch)
    {
        int features = _block.Data.Features;
        int periods = _solved.Columns;
        int n = _block.DonorCount;
        Multiply(_rows.DonorXTransposed, _solved, scratch.Q, features);
        AlignedMatrix b = scratch.ResidualProducts;
        b.Reshape(features, periods);
        b.Clear();
        RowUpdate.Add(
            b.Pointer, b.Stride, features,
            _rows.TargetX.Pointer, 1, _rows.TargetX.Stride, _rows.TargetX.Rows,
            _errors.Pointer, _errors.Stride, _errors.Stride);
        scratch.TargetProducts.Reshape(support.Count, periods);
        for (int a = 0; a < support.Count; a++)
        {
            b.PaddedRow(support.Indices[a]).CopyTo(scratch.TargetProducts.PaddedRow(a));
        }

        scratch.Solution.Reshape(n, periods);
        scratch.Solution.Clear();
        RowUpdate.Add(
            scratch.Solution.Pointer, scratch.Solution.Stride, n,
            _weighted.Pointer, 1, _weighted.Stride, support.Count,
            scratch.TargetProducts.Pointer, scratch.TargetProducts.Stride, scratch.TargetProducts.Stride);
        Cholesky.Solve(_factor.Pointer, n, _factor.Stride, scratch.Solution.Pointer, scratch.Solution.Stride, scratch.Solution.Stride);
        AlignedMatrix x = _rows.DonorXTransposed;
        RowUpdate.Subtract(
            b.Pointer, b.Stride, features, x.Pointer, x.Stride, 1, n,
            scratch.Solution.Pointer, scratch.Solution.Stride, scratch.Solution.Stride);
    }

    private bool Factorise(SupportSet support)
    {
        int s = support.Count;
        int n = _block.DonorCount;
        _donorX.Reshape(s, n);
        _weighted.Reshape(s, n);
        for (int a = 0; a < s; a++)
        {
            Span<double> source = _rows.DonorXTransposed.PaddedRow(support.Indices[a]);
            Span<double> target = _weighted.PaddedRow(a);
            source.CopyTo(_donorX.PaddedRow(a));
            double v = support.Values[a];
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = v * source[i];
            }
        }

        _factor.Reshape(n, n);
        _factor.Clear();
        const int Block = 4;
        for (int i = 0; i < n; i += Block)
        {
            int start = i & ~(AlignedMatrix.Lane - 1);
            RowUpdate.Add(
                _factor.Pointer + ((nint)i * _factor.Stride) + start, _factor.Stride, Math.Min(Block, n - i),
                _weighted.Pointer + i, 1, _weighted.Stride, s,
                _donorX.Pointer + start, _donorX.Stride, _factor.Stride - start);
        }

        for (int i = 0; i < n; i++)
        {
            _factor[i, i] += _w;
        }

        return Cholesky.Factor(_factor.Pointer, n, _factor.Stride);
    }

    private static void Multiply(AlignedMatrix a, AlignedMatrix b, AlignedMatrix result, int rows)
    {
        result.Reshape(rows, b.Columns);
        result.Clear();
        RowUpdate.Add(result.Pointer, result.Stride, rows, a.Pointer, a.Stride, 1, a.Columns, b.Pointer, b.Stride, b.Stride);
    }

    private static void CopyAll(AlignedMatrix source, AlignedMatrix target)
    {
        for (int i = 0; i < source.Rows; i++)
        {
            source.PaddedRow(i).CopyTo(target.PaddedRow(i));
        }
    }
}
