using SparseSC.Core.Fitting.Objectives;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Fitting;

/// <summary>One donor set solved for given v and w: weights and predictions of any unit, inside the set or outside.</summary>
/// <remarks>
/// With B = V(wI + SV)⁻¹ (symmetric): outside, w_ij = 1/n + (x_i − x̄)'B x_j and ŷ_i = ȳ + Q'V(x_i − x̄); a donor leaves itself
/// out by a rank-one downdate (see <see cref="LeaveOneOutObjective"/>). Immutable after construction.
/// </remarks>
internal sealed unsafe class DonorSystem
{
    private const double LeverageLimit = 1e-7;

    private readonly LeaveOneOutData _rows;
    private readonly SupportSet _support;
    private readonly AlignedMatrix _weighted;
    private readonly AlignedMatrix _vq;
    private readonly double[] _mean;
    private readonly double[] _meanWeighted;
    private readonly double[] _donorMeans;

    public DonorSystem(UnitData data, int[] donors, ReadOnlySpan<double> v, double w)
    {
        _rows = new LeaveOneOutData(data, donors);
        _support = new SupportSet(data.Features);
        _support.Set(v);
        UnitSolver solver = new();
        solver.Solve(_rows, _support, w);
        _weighted = solver.Weighted;
        int s = _support.Count;
        int n = donors.Length;
        _vq = new AlignedMatrix(s, data.Targets);
        RowUpdate.Add(_vq.Pointer, _vq.Stride, s, _weighted.Pointer, _weighted.Stride, 1, n, _rows.Y.Pointer, _rows.Y.Stride, _rows.Y.Stride);
        _mean = new double[s];
        _meanWeighted = new double[s];
        _donorMeans = new double[_weighted.Stride];
        for (int a = 0; a < s; a++)
        {
            _mean[a] = _rows.MeanX[_support.Indices[a]];
            Span<double> row = _weighted.Row(a);
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += row[j];
                _donorMeans[j] = Math.FusedMultiplyAdd(_mean[a], row[j], _donorMeans[j]);
            }

            _meanWeighted[a] = sum / n;
        }
    }

    public int[] Donors => _rows.Rows;

    /// <summary>Whether the donor at <paramref name="position"/> can leave itself out without losing digits.</summary>
    public bool CanLeaveOut(int position) => 1 - Leverage(position) >= LeverageLimit;

    /// <summary>ŷ (T) of a unit that is not a donor.</summary>
    public void Predict(int unit, Span<double> result) => Predict(unit, -1, result);

    /// <summary>ŷ (T) of the donor at <paramref name="position"/> from the other donors.</summary>
    public void PredictDonor(int position, Span<double> result) => Predict(_rows.Rows[position], position, result);

    /// <summary>Weights (n) of a unit that is not a donor; <paramref name="result"/> must have room for n padded to the lane.</summary>
    public void Weights(int unit, Span<double> result)
    {
        Products(unit, result);
        int n = Donors.Length;
        for (int j = 0; j < n; j++)
        {
            result[j] += (1.0 / n) - _donorMeans[j];
        }
    }

    /// <summary>Weights (n) of the donor at <paramref name="position"/>, its own being 0.</summary>
    public void DonorWeights(int position, Span<double> result)
    {
        Products(_rows.Rows[position], result);
        int n = Donors.Length;
        double c = n / (n - 1.0);
        double stretch = (1 - _donorMeans[position]) / (1 - Leverage(position));
        for (int j = 0; j < n; j++)
        {
            result[j] = (1.0 / (n - 1)) + (c * ((stretch * result[j]) - _donorMeans[j]));
        }

        result[position] = 0;
    }

    private void Predict(int unit, int position, Span<double> result)
    {
        Span<double> x = _rows.Data.X.Row(unit);
        result.Clear();
        for (int a = 0; a < _support.Count; a++)
        {
            double offset = x[_support.Indices[a]] - _mean[a];
            Span<double> row = _vq.Row(a);
            for (int t = 0; t < result.Length; t++)
            {
                result[t] = Math.FusedMultiplyAdd(offset, row[t], result[t]);
            }
        }

        if (position < 0)
        {
            for (int t = 0; t < result.Length; t++)
            {
                result[t] += _rows.MeanY[t];
            }

            return;
        }

        int n = Donors.Length;
        double c = n / (n - 1.0);
        double leverage = Leverage(position);
        double excess = leverage - _donorMeans[position];
        Span<double> y = _rows.Y.Row(position);
        for (int t = 0; t < result.Length; t++)
        {
            double own = OwnProduct(x, t);
            double correction = (own - y[t]) / (1 - leverage);
            double others = _rows.MeanY[t] + ((_rows.MeanY[t] - y[t]) / (n - 1));
            result[t] = others + (c * (result[t] + (correction * excess)));
        }
    }

    private double OwnProduct(Span<double> x, int period)
    {
        double sum = 0;
        for (int a = 0; a < _support.Count; a++)
        {
            sum = Math.FusedMultiplyAdd(x[_support.Indices[a]], _vq[a, period], sum);
        }

        return sum;
    }

    private double Leverage(int position)
    {
        double sum = 0;
        for (int a = 0; a < _support.Count; a++)
        {
            sum = Math.FusedMultiplyAdd(_rows.X[position, _support.Indices[a]], _weighted[a, position], sum);
        }

        return sum;
    }

    /// <summary>x_i'B x_j for all donors j.</summary>
    private void Products(int unit, Span<double> result)
    {
        Span<double> x = _rows.Data.X.Row(unit);
        Span<double> coefficients = _support.Count <= 512 ? stackalloc double[_support.Count] : new double[_support.Count];
        for (int a = 0; a < coefficients.Length; a++)
        {
            coefficients[a] = x[_support.Indices[a]];
        }

        result[.._weighted.Stride].Clear();
        fixed (double* y = result)
        fixed (double* c = coefficients)
        {
            RowUpdate.Add(y, _weighted.Stride, 1, c, 0, 1, coefficients.Length, _weighted.Pointer, _weighted.Stride, _weighted.Stride);
        }
    }
}
