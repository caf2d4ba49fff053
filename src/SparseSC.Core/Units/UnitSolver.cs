using SparseSC.Core.Errors;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>Solves (wI + SV)a_i = x_i for all rows of a leave-one-out problem, in whichever form is smaller.</summary>
/// <remarks>Feature space: V a = D M⁻¹ D x on the support. Dual: F⁻¹X' = X'A⁻¹ with A = wI + XVX'.</remarks>
internal sealed class UnitSolver
{
    private readonly AlignedMatrix _factor = new(0, 0);
    private readonly AlignedMatrix _inverse = new(0, 0);
    private readonly AlignedMatrix _scratch = new(0, 0);
    private bool _isDual;

    /// <summary>V a_i on the support, |s|×n.</summary>
    public AlignedMatrix Weighted { get; } = new(0, 0);

    /// <summary>Computes <see cref="Weighted"/>.</summary>
    public void Solve(LeaveOneOutData data, SupportSet support, double w)
    {
        _isDual = data.S is null || w == 0 || data.Count < support.Count;
        bool solved = _isDual ? SolveDual(data, support, w) : SolvePrimal(data, support, w);
        if (!solved)
        {
            throw NotUnique(data.Count, support.Count, w);
        }
    }

    /// <summary>The error for a system that has no single solution.</summary>
    public static SingularSystemException NotUnique(int donors, int features, double w) => new(
        $"The unit weights are not unique: {donors} donors, {features} matched features, {{WPen}} = {w:R}. Give a larger {{WPen}}; its scale is the mean variance of the features.");

    /// <summary>a_i for all features, K×n, after <see cref="Solve"/>.</summary>
    public void Expand(LeaveOneOutData data, SupportSet support, double w, BlockScratch scratch, AlignedMatrix result)
    {
        int features = data.Data.Features;
        int n = data.Count;
        result.Reshape(features, n);
        if (_isDual)
        {
            Gemm.Multiply(data.XTransposed, _inverse, result);
            return;
        }

        for (int k = 0; k < features; k++)
        {
            data.XTransposed.PaddedRow(k).CopyTo(result.PaddedRow(k));
        }

        Gemm.Subtract(scratch.SelectColumns(data.S!, support), Weighted, result);
        for (int k = 0; k < features; k++)
        {
            int a = support.PositionOf(k);
            bool divisible = a >= 0 && support.Values[a] * data.S![k, k] >= w;
            Span<double> target = result.Row(k);
            Span<double> source = divisible ? Weighted.Row(a) : target;
            double factor = 1 / (divisible ? support.Values[a] : w);
            for (int i = 0; i < n; i++)
            {
                target[i] = source[i] * factor;
            }
        }
    }

    private bool SolvePrimal(LeaveOneOutData data, SupportSet support, double w)
    {
        int s = support.Count;
        _factor.Reshape(s, s);
        Weighted.Reshape(s, data.Count);
        for (int a = 0; a < s; a++)
        {
            int k = support.Indices[a];
            double root = support.Roots[a];
            for (int b = 0; b < s; b++)
            {
                _factor[a, b] = root * support.Roots[b] * data.S![k, support.Indices[b]];
            }

            _factor[a, a] += w;
            Span<double> source = data.XTransposed.PaddedRow(k);
            Span<double> target = Weighted.PaddedRow(a);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = root * source[i];
            }
        }

        if (!Cholesky.TryFactor(_factor))
        {
            return false;
        }

        Cholesky.Solve(_factor, Weighted);
        Scale(Weighted, support.Roots);
        return true;
    }

    private bool SolveDual(LeaveOneOutData data, SupportSet support, double w)
    {
        int s = support.Count;
        int n = data.Count;
        _scratch.Reshape(s, n);
        Weighted.Reshape(s, n);
        for (int a = 0; a < s; a++)
        {
            data.XTransposed.PaddedRow(support.Indices[a]).CopyTo(_scratch.PaddedRow(a));
            data.XTransposed.PaddedRow(support.Indices[a]).CopyTo(Weighted.PaddedRow(a));
        }

        Scale(Weighted, support.Values);
        Gemm.MultiplyTransposed(Weighted, _scratch, _factor);
        _inverse.Reshape(n, n);
        _inverse.Clear();
        for (int i = 0; i < n; i++)
        {
            _factor[i, i] += w;
            _inverse[i, i] = 1;
        }

        if (!Cholesky.TryFactor(_factor))
        {
            return false;
        }

        Cholesky.Solve(_factor, _inverse);
        for (int a = 0; a < s; a++)
        {
            Weighted.PaddedRow(a).CopyTo(_scratch.PaddedRow(a));
        }

        Gemm.Multiply(_scratch, _inverse, Weighted);
        return true;
    }

    private static void Scale(AlignedMatrix matrix, double[] factors)
    {
        for (int a = 0; a < matrix.Rows; a++)
        {
            foreach (ref double x in matrix.PaddedRow(a))
            {
                x *= factors[a];
            }
        }
    }
}
