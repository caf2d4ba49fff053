using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>
/// Evaluates one donor block in feature space. Costs |s|³/3 for the factor and |s|²T per product, whatever the number of units.
/// </summary>
/// <remarks>
/// With D = diag(√v) on the support s and M = wI + D S̃ D = U'U, for any C: V(wI + S̃V)⁻¹C = D M⁻¹ D C. The uncentred system
/// follows with g = (wI + S̃V)⁻¹x̄ and δ = 1 + n x̄'Vg: Q = Q̃ + gθ', θ = n(ȳ − Q̃'Vx̄)/δ. Then
/// Σ‖e‖² = ‖Ỹ‖² − 2⟨H, VQ⟩ + ⟨VQ, G VQ⟩, B = Z'E = H − G VQ and R'E = w(wI + SV)⁻¹B.
/// </remarks>
internal sealed partial class PrimalEvaluator
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Relative error in Σ‖e‖² above which the errors are computed unit by unit.</summary>
    private const double CancellationLimit = 1e-11;

    /// <summary>
    /// Up to this many units per feature, errors unit by unit cost about as much as the closed form, and they are exact where a
    /// long search amplifies rounding.
    /// </summary>
    private const int UnitsPerFeature = 8;

    private readonly AlignedMatrix _factor = new(0, 0);
    private readonly AlignedMatrix _solved = new(0, 0);
    private readonly AlignedMatrix _vq = new(0, 0);
    private readonly AlignedMatrix _targetProducts = new(0, 0);
    private DonorBlock _block = null!;
    private BlockMoments _moments = null!;
    private double[] _theta = [];
    private double _meanFactor;
    private double _w;
    private bool _byUnit;

    public void Bind(DonorBlock block, double w)
    {
        _block = block;
        _moments = block.Moments!;
        _w = w;
        if (_theta.Length < block.MeanY.Length)
        {
            _theta = new double[block.MeanY.Length];
        }
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

        int periods = _moments.H.Columns;
        _solved.Reshape(s, periods + 1);
        CopyScaled(_moments.P, support, _solved);
        Cholesky.Solve(_factor, _solved);
        ScaleRows(_solved, support.Roots);
        AddMeanPart(support);
        _targetProducts.Reshape(_block.Data.Features, periods);
        if (_block.Targets.Length > UnitsPerFeature * _block.Data.Features && TryClosedForm(support, scratch, ref value))
        {
            return true;
        }

        value = ValueByUnit(support, scratch);
        return true;
    }

    /// <summary>VQ = VQ̃ + Vg θ'.</summary>
    private void AddMeanPart(SupportSet support)
    {
        int s = support.Count;
        int periods = _moments.H.Columns;
        double n = _block.DonorCount;
        double[] mean = _block.MeanX;
        double delta = 0;
        Span<double> theta = _theta.AsSpan(0, periods);
        theta.Clear();
        for (int a = 0; a < s; a++)
        {
            double x = mean[support.Indices[a]];
            ReadOnlySpan<double> row = _solved.Row(a);
            delta += x * row[periods];
            for (int t = 0; t < periods; t++)
            {
                theta[t] += x * row[t];
            }
        }

        _meanFactor = n / (1 + (n * delta));
        for (int t = 0; t < periods; t++)
        {
            theta[t] = _meanFactor * (_block.MeanY[t] - theta[t]);
        }

        _vq.Reshape(s, periods);
        for (int a = 0; a < s; a++)
        {
            ReadOnlySpan<double> row = _solved.Row(a);
            Span<double> vq = _vq.Row(a);
            double g = row[periods];
            for (int t = 0; t < vq.Length; t++)
            {
                vq[t] = row[t] + (g * theta[t]);
            }
        }
    }

    /// <summary>Σ‖e‖² from the moments, whatever the number of units; <c>false</c> where it would lose digits.</summary>
    private bool TryClosedForm(SupportSet support, BlockScratch scratch, ref double value)
    {
        int s = support.Count;
        int periods = _vq.Columns;

        // B on the support; the other rows wait for the gradient.
        AlignedMatrix coefficients = GatherSupport(_moments.G, support, scratch);
        scratch.Solution.Reshape(s, periods);
        CopyRows(_moments.H, support, scratch.Solution);
        Gemm.Subtract(coefficients, _vq, scratch.Solution);
        double bound = value;
        double explained = 0;
        for (int a = 0; a < s; a++)
        {
            int k = support.Indices[a];
            ReadOnlySpan<double> h = _moments.H.Row(k);
            ReadOnlySpan<double> b = scratch.Solution.Row(a);
            ReadOnlySpan<double> vq = _vq.Row(a);
            Span<double> keep = _targetProducts.Row(k);
            for (int t = 0; t < b.Length; t++)
            {
                keep[t] = b[t];
                explained += (h[t] + b[t]) * vq[t];
                bound += (Math.Abs(h[t]) + Math.Abs(b[t])) * Math.Abs(vq[t]);
            }
        }

        value -= explained;
        return Epsilon * (bound + ProductBound(support)) <= CancellationLimit * value;
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
            ReadOnlySpan<double> from = source.Row(indices[a]);
            Span<double> to = _factor.PaddedRow(a);
            double root = roots[a];
            for (int b = 0; b < s; b++)
            {
                to[b] = root * roots[b] * from[indices[b]];
            }

            to[a] += _w;
            to[s..].Clear();
        }

        return Cholesky.TryFactor(_factor);
    }

    private static AlignedMatrix GatherSupport(AlignedMatrix source, SupportSet support, BlockScratch scratch)
    {
        if (support.IsFull)
        {
            return source;
        }

        int s = support.Count;
        scratch.Coefficients.Reshape(s, s);
        for (int a = 0; a < s; a++)
        {
            ReadOnlySpan<double> from = source.Row(support.Indices[a]);
            Span<double> to = scratch.Coefficients.Row(a);
            for (int b = 0; b < to.Length; b++)
            {
                to[b] = from[support.Indices[b]];
            }
        }

        return scratch.Coefficients;
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
            Gemm.Subtract(scratch.SelectColumns(scratch.Rows, support), _vq, scratch.Errors);
            for (int r = 0; r < rows.Length; r++)
            {
                foreach (double e in scratch.Errors.Row(r))
                {
                    value = Math.FusedMultiplyAdd(e, e, value);
                }
            }

            Gemm.AddTransposed(scratch.Rows, scratch.Errors, _targetProducts);
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
}
