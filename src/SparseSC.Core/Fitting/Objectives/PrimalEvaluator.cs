using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Fitting.Objectives;

/// <summary>
/// Evaluates one donor block in feature space. Costs |s|³/3 for the factor and |s|²T per product, whatever the number of units.
/// </summary>
/// <remarks>
/// With D = diag(√v) on the support s and M = wI + D S D = U'U:
/// VQ = D M⁻¹ D P, Σ‖e‖² = ‖Ỹ‖² − 2⟨H, VQ⟩ + ⟨VQ, G VQ⟩, B = Z'E = H − G VQ, R'E = w(wI + SV)⁻¹B.
/// </remarks>
internal sealed unsafe class PrimalEvaluator
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Relative error in Σ‖e‖² above which the errors are computed unit by unit.</summary>
    private const double CancellationLimit = 1e-11;

    private readonly AlignedMatrix _factor = new(0, 0);
    private readonly AlignedMatrix _vq = new(0, 0);
    private readonly AlignedMatrix _targetProducts = new(0, 0);
    private DonorBlock _block = null!;
    private BlockMoments _moments = null!;
    private double _w;
    private bool _byUnit;

    public void Bind(DonorBlock block, double w)
    {
        _block = block;
        _moments = block.Moments!;
        _w = w;
    }

    /// <summary>Computes Σ‖e‖² and keeps the factor for the gradient.</summary>
    /// <returns><c>false</c> when the system is singular to working precision.</returns>
    public bool TryValue(SupportSet support, BlockScratch scratch, out double value)
    {
        _byUnit = false;
        value = _moments.TargetNorm;
        int s = support.Count;
        if (s == 0)
        {
            return _w > 0;
        }

        if (!Factorise(support))
        {
            return false;
        }

        int periods = _moments.P.Columns;
        _vq.Reshape(s, periods);
        CopyScaled(_moments.P, support, _vq);
        Cholesky.Solve(_factor.Pointer, s, _factor.Stride, _vq.Pointer, _vq.Stride, _vq.Stride);
        ScaleRows(_vq, support.Roots);

        // B on the support; the other rows wait for the gradient.
        _targetProducts.Reshape(_block.Data.Features, periods);
        AlignedMatrix coefficients = GatherSupport(_moments.G, support, scratch);
        scratch.Solution.Reshape(s, periods);
        CopyRows(_moments.H, support, scratch.Solution);
        RowUpdate.Subtract(
            scratch.Solution.Pointer, scratch.Solution.Stride, s,
            coefficients.Pointer, coefficients.Stride, 1, s,
            _vq.Pointer, _vq.Stride, _vq.Stride);
        double bound = value;
        double explained = 0;
        for (int a = 0; a < s; a++)
        {
            int k = support.Indices[a];
            double* h = _moments.H.Pointer + ((nint)k * _moments.H.Stride);
            double* b = scratch.Solution.Pointer + ((nint)a * scratch.Solution.Stride);
            double* vq = _vq.Pointer + ((nint)a * _vq.Stride);
            double* keep = _targetProducts.Pointer + ((nint)k * _targetProducts.Stride);
            for (int t = 0; t < periods; t++)
            {
                keep[t] = b[t];
                explained += (h[t] + b[t]) * vq[t];
                bound += (Math.Abs(h[t]) + Math.Abs(b[t])) * Math.Abs(vq[t]);
            }
        }

        value -= explained;
        if (Epsilon * (bound + ProductBound(support)) > CancellationLimit * value)
        {
            value = ValueByUnit(support, scratch);
        }

        return true;
    }

    /// <summary>Subtracts 2·rowsum((R'E) ∘ Q) from the gradient; the value at the same point must have been computed.</summary>
    public void AddGradient(SupportSet support, BlockScratch scratch, Span<double> gradient)
    {
        int periods = _moments.P.Columns;
        int s = support.Count;
        if (s == 0)
        {
            for (int k = 0; k < gradient.Length; k++)
            {
                gradient[k] -= 2 / _w * Dot(_moments.H, _moments.P, k, periods);
            }

            return;
        }

        CompleteTargetProducts(support, scratch);
        scratch.Solution.Reshape(s, periods);
        CopyScaled(_targetProducts, support, scratch.Solution);
        Cholesky.Solve(_factor.Pointer, s, _factor.Stride, scratch.Solution.Pointer, scratch.Solution.Stride, scratch.Solution.Stride);
        ScaleRows(scratch.Solution, support.Roots);
        Resolve(support, scratch, _moments.P, _vq, 1, scratch.Q);
        Resolve(support, scratch, _targetProducts, scratch.Solution, _w, scratch.ResidualProducts);
        for (int k = 0; k < gradient.Length; k++)
        {
            gradient[k] -= 2 * Dot(scratch.ResidualProducts, scratch.Q, k, periods);
        }
    }

    /// <summary>
    /// scale·(wI + SV)⁻¹C for all features, given V(wI + SV)⁻¹C on the support: divided by v where v matters, else from the
    /// residual (C − S·V(…)⁻¹C)·scale/w, which loses no digits when v is tiny.
    /// </summary>
    private void Resolve(SupportSet support, BlockScratch scratch, AlignedMatrix c, AlignedMatrix solved, double scale, AlignedMatrix result)
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
            AlignedMatrix coefficients = scratch.SelectColumns(_moments.S, support);
            for (int k = 0; k < features; k++)
            {
                c.PaddedRow(k).CopyTo(result.PaddedRow(k));
            }

            RowUpdate.Subtract(
                result.Pointer, result.Stride, features,
                coefficients.Pointer, coefficients.Stride, 1, support.Count,
                solved.Pointer, solved.Stride, solved.Stride);
            double factor = scale / _w;
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

            double factor = scale / support.Values[a];
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

    private bool Factorise(SupportSet support)
    {
        int s = support.Count;
        _factor.Reshape(s, s);
        AlignedMatrix source = _moments.S;
        int[] indices = support.Indices;
        double[] roots = support.Roots;
        for (int a = 0; a < s; a++)
        {
            double* from = source.Pointer + ((nint)indices[a] * source.Stride);
            double* to = _factor.Pointer + ((nint)a * _factor.Stride);
            double root = roots[a];
            for (int b = 0; b < s; b++)
            {
                to[b] = root * roots[b] * from[indices[b]];
            }

            to[a] += _w;
            for (int b = s; b < _factor.Stride; b++)
            {
                to[b] = 0;
            }
        }

        return Cholesky.Factor(_factor.Pointer, s, _factor.Stride);
    }

    private AlignedMatrix GatherSupport(AlignedMatrix source, SupportSet support, BlockScratch scratch)
    {
        if (support.IsFull)
        {
            return source;
        }

        int s = support.Count;
        scratch.Coefficients.Reshape(s, s);
        for (int a = 0; a < s; a++)
        {
            double* from = source.Pointer + ((nint)support.Indices[a] * source.Stride);
            double* to = scratch.Coefficients.Pointer + ((nint)a * scratch.Coefficients.Stride);
            for (int b = 0; b < s; b++)
            {
                to[b] = from[support.Indices[b]];
            }
        }

        return scratch.Coefficients;
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
            RowUpdate.Subtract(
                _targetProducts.Pointer + ((nint)k * _targetProducts.Stride), _targetProducts.Stride, 1,
                coefficients.Pointer + ((nint)k * coefficients.Stride), coefficients.Stride, 1, support.Count,
                _vq.Pointer, _vq.Stride, _vq.Stride);
        }
    }

    /// <summary>Bounds ⟨|VQ|, |G| |VQ|⟩ by Cauchy–Schwarz.</summary>
    private double ProductBound(SupportSet support)
    {
        double total = 0;
        for (int t = 0; t < _vq.Columns; t++)
        {
            double sum = 0;
            for (int a = 0; a < support.Count; a++)
            {
                int k = support.Indices[a];
                sum += Math.Sqrt(_moments.G[k, k]) * Math.Abs(_vq[a, t]);
            }

            total += sum * sum;
        }

        return total;
    }

    /// <summary>Σ‖e‖² and Z'E from the units themselves, where the closed form would cancel.</summary>
    private double ValueByUnit(SupportSet support, BlockScratch scratch)
    {
        const int Chunk = 64;
        _byUnit = true;
        UnitData data = _block.Data;
        _targetProducts.Clear();
        double value = 0;
        for (int start = 0; start < _block.Targets.Length; start += Chunk)
        {
            ReadOnlySpan<int> rows = _block.Targets.AsSpan(start, Math.Min(Chunk, _block.Targets.Length - start));
            scratch.Rows.Reshape(rows.Length, data.Features);
            scratch.Errors.Reshape(rows.Length, data.Targets);
            Moments.GatherCentred(data.X, rows, _block.MeanX, scratch.Rows, null);
            scratch.Errors.Clear();
            Moments.GatherCentred(data.Y, rows, _block.MeanY, scratch.Errors, null);
            AlignedMatrix coefficients = scratch.SelectColumns(scratch.Rows, support);
            RowUpdate.Subtract(
                scratch.Errors.Pointer, scratch.Errors.Stride, rows.Length,
                coefficients.Pointer, coefficients.Stride, 1, support.Count,
                _vq.Pointer, _vq.Stride, _vq.Stride);
            for (int r = 0; r < rows.Length; r++)
            {
                foreach (double e in scratch.Errors.Row(r))
                {
                    value = Math.FusedMultiplyAdd(e, e, value);
                }
            }

            RowUpdate.Add(
                _targetProducts.Pointer, _targetProducts.Stride, data.Features,
                scratch.Rows.Pointer, 1, scratch.Rows.Stride, rows.Length,
                scratch.Errors.Pointer, scratch.Errors.Stride, scratch.Errors.Stride);
        }

        return value;
    }

    private static void CopyScaled(AlignedMatrix source, SupportSet support, AlignedMatrix target)
    {
        CopyRows(source, support, target);
        ScaleRows(target, support.Roots);
    }

    private static void CopyRows(AlignedMatrix source, SupportSet support, AlignedMatrix target)
    {
        for (int a = 0; a < support.Count; a++)
        {
            source.PaddedRow(support.Indices[a]).CopyTo(target.PaddedRow(a));
        }
    }

    private static void ScaleRows(AlignedMatrix matrix, double[] factors)
    {
        for (int a = 0; a < matrix.Rows; a++)
        {
            double factor = factors[a];
            foreach (ref double x in matrix.PaddedRow(a))
            {
                x *= factor;
            }
        }
    }

    private static double Dot(AlignedMatrix a, AlignedMatrix b, int row, int count)
    {
        double* x = a.Pointer + ((nint)row * a.Stride);
        double* y = b.Pointer + ((nint)row * b.Stride);
        double sum = 0;
        for (int t = 0; t < count; t++)
        {
            sum = Math.FusedMultiplyAdd(x[t], y[t], sum);
        }

        return sum;
    }
}
