using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

internal sealed partial class LeaveOneOutObjective
{
    /// <remarks>
    /// Unit i has Φ_i = Φ − w a_i a_i'/(1 − h_i), so with s_i = Q_i e_i:
    /// H = 2Σ(r_i r_i')∘(Q_i Q_i') + 2Φ∘Σ(r_i s_i' + s_i r_i') − 2wΣ(a_i a_i')∘(r_i s_i' + s_i r_i')/(1 − h_i).
    /// </remarks>
    protected override void AddLossHessian(ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
    {
        ExpandSolutions();
        int f = coordinates.Length;
        int periods = _data.Y.Columns;
        AlignedMatrix cross = HessianScratch.Gram;
        cross.Reshape(f, f);
        cross.Clear();
        double[] r = new double[f];
        double[] a = new double[f];
        double[] s = new double[f];
        AlignedMatrix q = HessianScratch.Q;
        q.Reshape(f, periods);
        for (int i = 0; i < _data.Count; i++)
        {
            if (_isolated.Contains(i))
            {
                continue;
            }

            double inverse = 1 / (1 - _leverage[i]);
            for (int x = 0; x < f; x++)
            {
                int k = coordinates[x];
                r[x] = _residuals[k, i];
                a[x] = _solved[k, i];
                s[x] = 0;
                for (int t = 0; t < periods; t++)
                {
                    double correction = (_predicted[i, t] - _data.Y[i, t]) * inverse;
                    q[x, t] = _q[k, t] + (a[x] * correction);
                    s[x] += q[x, t] * _errors[i, t];
                }
            }

            AddUnit(r, a, s, q, 2 * _w * inverse, hessian, cross);
        }

        AddShared(coordinates, cross, hessian);
        foreach (int i in _isolated)
        {
            EvaluateSingle(i);
            _single.AddHessian(Support, Scratch, HessianScratch, coordinates, hessian);
        }
    }

    private static void AddUnit(double[] r, double[] a, double[] s, AlignedMatrix q, double factor, AlignedMatrix hessian, AlignedMatrix cross)
    {
        for (int x = 0; x < r.Length; x++)
        {
            Span<double> qx = q.Row(x);
            for (int y = 0; y < r.Length; y++)
            {
                Span<double> qy = q.Row(y);
                double qq = 0;
                for (int t = 0; t < qx.Length; t++)
                {
                    qq += qx[t] * qy[t];
                }

                double both = (r[x] * s[y]) + (s[x] * r[y]);
                cross[x, y] += both;
                hessian[x, y] += (2 * r[x] * r[y] * qq) - (factor * a[x] * a[y] * both);
            }
        }
    }

    /// <summary>2Φ ∘ Σ(r_i s_i' + s_i r_i') with Φ = F⁻¹X'X = Σ_i a_i x_i'.</summary>
    private void AddShared(ReadOnlySpan<int> coordinates, AlignedMatrix cross, AlignedMatrix hessian)
    {
        for (int x = 0; x < coordinates.Length; x++)
        {
            Span<double> a = _solved.Row(coordinates[x]);
            for (int y = 0; y < coordinates.Length; y++)
            {
                Span<double> values = _data.XTransposed.Row(coordinates[y]);
                double phi = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    phi += a[i] * values[i];
                }

                hessian[x, y] += 2 * phi * cross[x, y];
            }
        }
    }
}
