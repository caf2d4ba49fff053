using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>Γ(v) when every unit is predicted from all the others: one factorisation, a rank-one downdate per unit.</summary>
/// <remarks>
/// With F = wI + SV, a_i = F⁻¹x_i, h_i = x_i'V a_i, q_i = x̄'V a_i, p_i = P'V a_i, c = n/(n−1):
/// c_i = (p_i − y_i)/(1 − h_i), ŷ_i = ȳ_(−i) + c(p_i − p̄ + c_i(h_i − q_i)), r_i = wc(a_i(1 − q_i)/(1 − h_i) − F⁻¹x̄) and
/// Q_i = F⁻¹P + a_i c_i'. Units with 1 − h_i near 0 get a factorisation of their own. Mutable scratch; one thread at a time.
/// </remarks>
internal sealed partial class LeaveOneOutObjective : PenalisedObjective
{
    /// <summary>1 − h below which the downdate is not used.</summary>
    private const double LeverageLimit = 1e-7;

    private readonly UnitSolver _solver = new();
    private readonly BlockEvaluator _single = new();
    private readonly AlignedMatrix _predicted = new(0, 0);
    private readonly AlignedMatrix _errors = new(0, 0);
    private readonly AlignedMatrix _solved = new(0, 0);
    private readonly AlignedMatrix _residuals = new(0, 0);
    private readonly AlignedMatrix _products = new(0, 0);
    private readonly AlignedMatrix _q = new(0, 0);
    private readonly List<int> _isolated = [];
    private LeaveOneOutData _data = null!;
    private double[] _leverage = [];
    private double[] _meanLeverage = [];
    private double[] _gamma = [];
    private double _w;

    /// <summary>Sets the problem and the penalties; reuses the memory of the problem before.</summary>
    public void Bind(LeaveOneOutData data, double w, double lambda)
    {
        _data = data;
        _w = w;
        Start(data.Data.Features, lambda);
        if (_leverage.Length < data.Count)
        {
            _leverage = new double[data.Count];
            _meanLeverage = new double[data.Count];
            _gamma = new double[data.Count];
        }
    }

    protected override double Loss()
    {
        _solver.Solve(_data, Support, _w);
        ComputeLeverages();
        double sum = ComputeErrors();
        foreach (int i in _isolated)
        {
            sum += EvaluateSingle(i);
        }

        return sum;
    }

    protected override void AddLossGradient(Span<double> gradient)
    {
        int n = _data.Count;
        ExpandSolutions();
        Gemm.Multiply(_residuals, _errors, _products);
        for (int k = 0; k < gradient.Length; k++)
        {
            double sum = 0;
            Span<double> q = _q.Row(k);
            Span<double> product = _products.Row(k);
            for (int t = 0; t < q.Length; t++)
            {
                sum = Math.FusedMultiplyAdd(q[t], product[t], sum);
            }

            Span<double> r = _residuals.Row(k);
            Span<double> a = _solved.Row(k);
            for (int i = 0; i < n; i++)
            {
                sum = Math.FusedMultiplyAdd(r[i] * a[i], _gamma[i], sum);
            }

            gradient[k] -= 2 * sum;
        }

        foreach (int i in _isolated)
        {
            EvaluateSingle(i);
            _single.AddGradient(Support, Scratch, gradient);
        }
    }

    /// <summary>a_i and r_i of all units and F⁻¹P, for all features.</summary>
    private void ExpandSolutions()
    {
        _solver.Expand(_data, Support, _w, Scratch, _solved);
        ComputeResiduals();
        Gemm.Multiply(_solved, _data.Y, _q);
    }

    private double EvaluateSingle(int position)
    {
        _single.Bind(_data.Single(position), _w);
        return _single.Value(Support, Scratch);
    }

    private void ComputeLeverages()
    {
        AlignedMatrix weighted = _solver.Weighted;
        int n = _data.Count;
        Array.Clear(_leverage, 0, n);
        Array.Clear(_meanLeverage, 0, n);
        _isolated.Clear();
        for (int a = 0; a < Support.Count; a++)
        {
            int k = Support.Indices[a];
            Span<double> x = _data.XTransposed.Row(k);
            Span<double> va = weighted.Row(a);
            double mean = _data.MeanX[k];
            for (int i = 0; i < n; i++)
            {
                _leverage[i] = Math.FusedMultiplyAdd(x[i], va[i], _leverage[i]);
                _meanLeverage[i] = Math.FusedMultiplyAdd(mean, va[i], _meanLeverage[i]);
            }
        }

        for (int i = 0; i < n; i++)
        {
            if (1 - _leverage[i] < LeverageLimit)
            {
                _isolated.Add(i);
            }
        }
    }

    private double ComputeErrors()
    {
        int n = _data.Count;
        int periods = _data.Y.Columns;
        double c = n / (n - 1.0);
        _errors.Reshape(n, periods);
        Scratch.TargetProducts.Reshape(Support.Count, periods);
        for (int a = 0; a < Support.Count; a++)
        {
            _data.P.PaddedRow(Support.Indices[a]).CopyTo(Scratch.TargetProducts.PaddedRow(a));
        }

        Gemm.MultiplyTransposed(_solver.Weighted, Scratch.TargetProducts, _predicted);
        Span<double> mean = stackalloc double[periods <= 256 ? periods : 0];
        if (mean.IsEmpty)
        {
            mean = new double[periods];
        }

        mean.Clear();
        for (int i = 0; i < n; i++)
        {
            Span<double> p = _predicted.Row(i);
            for (int t = 0; t < periods; t++)
            {
                mean[t] += p[t];
            }
        }

        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            Span<double> p = _predicted.Row(i);
            Span<double> y = _data.Y.Row(i);
            Span<double> e = _errors.Row(i);
            _gamma[i] = 0;
            if (1 - _leverage[i] < LeverageLimit)
            {
                e.Clear();
                continue;
            }

            double inverse = 1 / (1 - _leverage[i]);
            double excess = _leverage[i] - _meanLeverage[i];
            for (int t = 0; t < periods; t++)
            {
                double correction = (p[t] - y[t]) * inverse;
                double others = _data.MeanY[t] + ((_data.MeanY[t] - y[t]) / (n - 1));
                e[t] = y[t] - others - (c * (p[t] - (mean[t] / n) + (correction * excess)));
                sum = Math.FusedMultiplyAdd(e[t], e[t], sum);
                _gamma[i] = Math.FusedMultiplyAdd(correction, e[t], _gamma[i]);
            }
        }

        return sum;
    }

    private void ComputeResiduals()
    {
        int n = _data.Count;
        double c = _w * n / (n - 1.0);
        _residuals.Reshape(_solved.Rows, n);
        for (int k = 0; k < _solved.Rows; k++)
        {
            Span<double> a = _solved.Row(k);
            Span<double> r = _residuals.Row(k);
            double mean = 0;
            for (int i = 0; i < n; i++)
            {
                mean += a[i];
            }

            mean /= n;
            for (int i = 0; i < n; i++)
            {
                r[i] = c * ((a[i] * (1 - _meanLeverage[i]) / (1 - _leverage[i])) - mean);
            }
        }

        foreach (int i in _isolated)
        {
            for (int k = 0; k < _solved.Rows; k++)
            {
                _residuals[k, i] = 0;
            }
        }
    }
}
