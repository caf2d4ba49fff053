using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>Evaluates one donor block by the n×n system of its donors, for fewer donors than features in play.</summary>
/// <remarks>
/// With A = wI + X_C V X_C': VQ = V X_C'A⁻¹Y_C, E = Ỹ − Z VQ, B = Z'E, R'E = B − X_C'A⁻¹X_C V B. The same numbers as the
/// feature-space form (the push-through identity (wI + SV)⁻¹X_C' = X_C'A⁻¹).
/// </remarks>
internal sealed partial class DualEvaluator
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
        Cholesky.Solve(_factor, _solved);
        Gemm.Multiply(_donorX, _solved, _vq);
        for (int a = 0; a < s; a++)
        {
            foreach (ref double x in _vq.Row(a))
            {
                x *= support.Values[a];
            }
        }

        _errors.Reshape(_rows.TargetY.Rows, _rows.TargetY.Columns);
        CopyAll(_rows.TargetY, _errors);
        Gemm.Subtract(scratch.SelectColumns(_rows.TargetX, support), _vq, _errors);
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
        Gemm.Multiply(_rows.DonorXTransposed, _solved, scratch.Q);
        AlignedMatrix b = scratch.ResidualProducts;
        Gemm.MultiplyTransposed(_rows.TargetX, _errors, b);
        scratch.TargetProducts.Reshape(support.Count, periods);
        for (int a = 0; a < support.Count; a++)
        {
            b.PaddedRow(support.Indices[a]).CopyTo(scratch.TargetProducts.PaddedRow(a));
        }

        Gemm.MultiplyTransposed(_weighted, scratch.TargetProducts, scratch.Solution);
        Cholesky.Solve(_factor, scratch.Solution);
        Gemm.Subtract(_rows.DonorXTransposed, scratch.Solution, b);
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
        Syrk.AddUpper(_weighted, _donorX, _factor);

        for (int i = 0; i < n; i++)
        {
            _factor[i, i] += _w;
        }

        return Cholesky.TryFactor(_factor);
    }

    private static void CopyAll(AlignedMatrix source, AlignedMatrix target)
    {
        for (int i = 0; i < source.Rows; i++)
        {
            source.PaddedRow(i).CopyTo(target.PaddedRow(i));
        }
    }
}
