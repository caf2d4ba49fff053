using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

internal sealed partial class PrimalEvaluator
{
    /// <summary>Subtracts 2·rowsum((R'E) ∘ Q) from the gradient; the value at the same point must have been computed.</summary>
    public void AddGradient(SupportSet support, BlockScratch scratch, Span<double> gradient)
    {
        if (support.Count == 0)
        {
            AddGradientAtZero(gradient);
            return;
        }

        ComputeProducts(support, scratch);
        for (int k = 0; k < gradient.Length; k++)
        {
            ReadOnlySpan<double> q = scratch.Q.Row(k);
            ReadOnlySpan<double> r = scratch.ResidualProducts.Row(k);
            double sum = 0;
            for (int t = 0; t < r.Length; t++)
            {
                sum += r[t] * q[t];
            }

            gradient[k] -= 2 * _w * sum;
        }
    }

    /// <summary>Q (and g in its last column) and R'E/w for all features.</summary>
    private void ComputeProducts(SupportSet support, BlockScratch scratch)
    {
        int periods = _moments.H.Columns;
        int s = support.Count;
        CompleteTargetProducts(support, scratch);
        scratch.Solution.Reshape(s, periods);
        CopyScaled(_targetProducts, support, scratch.Solution);
        Cholesky.Solve(_factor, scratch.Solution);
        ScaleRows(scratch.Solution, support.Roots);
        Resolve(support, scratch, _moments.P, _solved, scratch.Q);
        Resolve(support, scratch, _targetProducts, scratch.Solution, scratch.ResidualProducts);
        Span<double> phi = periods <= 512 ? stackalloc double[periods] : new double[periods];
        phi.Clear();
        for (int a = 0; a < s; a++)
        {
            double x = _meanFactor * _block.MeanX[support.Indices[a]];
            ReadOnlySpan<double> row = scratch.Solution.Row(a);
            for (int t = 0; t < row.Length; t++)
            {
                phi[t] += x * row[t];
            }
        }

        for (int k = 0; k < scratch.Q.Rows; k++)
        {
            Span<double> q = scratch.Q.Row(k);
            Span<double> r = scratch.ResidualProducts.Row(k);
            double g = q[periods];
            for (int t = 0; t < r.Length; t++)
            {
                r[t] -= g * phi[t];
                q[t] += g * _theta[t];
            }
        }
    }

    /// <summary>At v = 0, Q = P/w and R = Z.</summary>
    private void AddGradientAtZero(Span<double> gradient)
    {
        int periods = _moments.H.Columns;
        double n = _block.DonorCount;
        for (int k = 0; k < gradient.Length; k++)
        {
            double sum = 0;
            for (int t = 0; t < periods; t++)
            {
                sum += _moments.H[k, t] * (_moments.P[k, t] + (n * _block.MeanX[k] * _block.MeanY[t]));
            }

            gradient[k] -= 2 / _w * sum;
        }
    }

    /// <summary>
    /// (wI + S̃V)⁻¹C for all features, given V(wI + S̃V)⁻¹C on the support: divided by v where v matters, else from the residual
    /// (C − S̃·V(…)⁻¹C)/w, which loses no digits when v is tiny.
    /// </summary>
    private void Resolve(SupportSet support, BlockScratch scratch, AlignedMatrix c, AlignedMatrix solved, AlignedMatrix result)
    {
        int features = _block.Data.Features;
        int periods = c.Columns;
        result.Reshape(features, periods);
        bool needsResiduals = !support.IsFull;
        for (int a = 0; a < support.Count && !needsResiduals; a++)
        {
            needsResiduals = !IsDivisible(support, a);
        }

        if (needsResiduals)
        {
            for (int k = 0; k < features; k++)
            {
                c.PaddedRow(k).CopyTo(result.PaddedRow(k));
            }

            Gemm.Subtract(scratch.SelectColumns(_moments.S, support), solved, result);
            double factor = 1 / _w;
            for (int k = 0; k < features; k++)
            {
                foreach (ref double x in result.Row(k))
                {
                    x *= factor;
                }
            }
        }

        for (int a = 0; a < support.Count; a++)
        {
            if (!IsDivisible(support, a))
            {
                continue;
            }

            double factor = 1 / support.Values[a];
            Span<double> source = solved.Row(a);
            Span<double> target = result.Row(support.Indices[a]);
            for (int t = 0; t < periods; t++)
            {
                target[t] = source[t] * factor;
            }
        }
    }

    private bool IsDivisible(SupportSet support, int position)
    {
        int k = support.Indices[position];
        return support.Values[position] * _moments.S[k, k] >= _w;
    }

    /// <summary>B for the features outside the support.</summary>
    private void CompleteTargetProducts(SupportSet support, BlockScratch scratch)
    {
        if (_byUnit || support.IsFull)
        {
            return;
        }

        AlignedMatrix coefficients = scratch.SelectColumns(_moments.G, support);
        for (int k = 0; k < _targetProducts.Rows; k++)
        {
            if (support.PositionOf(k) >= 0)
            {
                continue;
            }

            _moments.H.PaddedRow(k).CopyTo(_targetProducts.PaddedRow(k));
            Gemv.SubtractTransposed(_vq, coefficients.Row(k), _targetProducts.PaddedRow(k));
        }
    }
}
