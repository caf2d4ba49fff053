using SparseSC.Core.Objectives;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>One donor set solved for given v and w: weights and predictions of any unit, inside the set or outside.</summary>
/// <remarks>
/// With B = V(wI + SV)⁻¹ (symmetric): outside, w_ij = 1/n + (x_i − x̄)'B x_j and ŷ_i = ȳ + Q'V(x_i − x̄); a donor leaves itself
/// out by a rank-one downdate (see <see cref="LeaveOneOutObjective"/>). Immutable after construction.
/// </remarks>
internal sealed class DonorSystem
{
    private const double LeverageLimit = 1e-7;

    private readonly UnitData _data;
    private readonly SupportSet _support;
    private readonly DonorSolution _solution;
    private readonly double[] _mean;
    private readonly double[] _meanY;

    /// <summary>Solves.</summary>
    /// <param name="data">All units.</param>
    /// <param name="donors">Rows of the donors.</param>
    /// <param name="v">Feature weights (K).</param>
    /// <param name="w">Penalty on the unit weights.</param>
    /// <param name="keepsWeighted">Whether weights are wanted besides predictions.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public DonorSystem(UnitData data, int[] donors, ReadOnlySpan<double> v, double w, bool keepsWeighted, ParallelOptions parallel)
    {
        _data = data;
        Donors = donors;
        _support = new SupportSet(data.Features);
        _support.Set(v);
        (double[] meanX, _meanY) = data.Means(donors);
        _mean = new double[_support.Count];
        for (int a = 0; a < _mean.Length; a++)
        {
            _mean[a] = meanX[_support.Indices[a]];
        }

        _solution = DonorSolution.Solve(data, donors, _support, _mean, w, keepsWeighted, parallel);
    }

    public int[] Donors { get; }

    /// <summary>Whether the donor at <paramref name="position"/> can leave itself out without losing digits.</summary>
    public bool CanLeaveOut(int position) => 1 - _solution.Leverages[position] >= LeverageLimit;

    /// <summary>ŷ (T) of some units.</summary>
    /// <param name="units">Their rows.</param>
    /// <param name="positions">Position of each of them among the donors, or −1.</param>
    /// <param name="offsets">Scratch.</param>
    /// <param name="fitted">Scratch.</param>
    /// <param name="resultOf">Where the prediction of a unit goes; not called for donors that cannot leave themselves out.</param>
    public void Predict(ReadOnlySpan<int> units, ReadOnlySpan<int> positions, AlignedMatrix offsets, AlignedMatrix fitted, Destination resultOf)
    {
        int s = _support.Count;
        int m = units.Length;
        offsets.Reshape(2 * m, s);
        fitted.Reshape(2 * m, _data.Targets);
        fitted.Clear();
        for (int i = 0; i < m; i++)
        {
            Span<double> x = _data.X.Row(units[i]);
            Span<double> offset = offsets.Row(i);
            Span<double> own = offsets.Row(m + i);
            for (int a = 0; a < s; a++)
            {
                own[a] = x[_support.Indices[a]];
                offset[a] = own[a] - _mean[a];
            }
        }

        Gemm.Add(offsets, _solution.Coefficients, fitted);
        for (int i = 0; i < m; i++)
        {
            if (positions[i] < 0)
            {
                Outside(fitted.Row(i), resultOf(units[i]));
            }
            else if (CanLeaveOut(positions[i]))
            {
                LeftOut(positions[i], fitted.Row(i), fitted.Row(m + i), _data.Y.Row(units[i]), resultOf(units[i]));
            }
        }
    }

    /// <summary>x_i'B x_j of some units (rows of the result) with all donors (n columns): what weights are made of.</summary>
    public void Products(ReadOnlySpan<int> units, AlignedMatrix coefficients, AlignedMatrix result)
    {
        coefficients.Reshape(units.Length, _support.Count);
        result.Reshape(units.Length, Donors.Length);
        result.Clear();
        for (int i = 0; i < units.Length; i++)
        {
            Span<double> x = _data.X.Row(units[i]);
            for (int a = 0; a < _support.Count; a++)
            {
                coefficients[i, a] = x[_support.Indices[a]];
            }
        }

        Gemm.Add(coefficients, _solution.Weighted!, result);
    }

    /// <summary>Turns the products of a unit that is not a donor into its weights (n).</summary>
    public void Weights(ReadOnlySpan<double> products, Span<double> result)
    {
        double equal = 1.0 / Donors.Length;
        double[] means = _solution.MeanProducts;
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = products[j] + (equal - means[j]);
        }
    }

    /// <summary>Turns the products of the donor at <paramref name="position"/> into its weights (n), its own being 0.</summary>
    public void DonorWeights(int position, ReadOnlySpan<double> products, Span<double> result)
    {
        int n = Donors.Length;
        double c = n / (n - 1.0);
        double equal = 1.0 / (n - 1);
        double[] means = _solution.MeanProducts;
        double stretch = (1 - means[position]) / (1 - _solution.Leverages[position]);
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = equal + (c * ((stretch * products[j]) - means[j]));
        }

        result[position] = 0;
    }

    private void Outside(ReadOnlySpan<double> fitted, Span<double> result)
    {
        for (int t = 0; t < result.Length; t++)
        {
            result[t] = fitted[t] + _meanY[t];
        }
    }

    private void LeftOut(int position, ReadOnlySpan<double> fitted, ReadOnlySpan<double> own, ReadOnlySpan<double> y, Span<double> result)
    {
        int n = Donors.Length;
        double c = n / (n - 1.0);
        double leverage = _solution.Leverages[position];
        double excess = leverage - _solution.MeanProducts[position];
        for (int t = 0; t < result.Length; t++)
        {
            double correction = (own[t] - y[t]) / (1 - leverage);
            double others = _meanY[t] + ((_meanY[t] - y[t]) / (n - 1));
            result[t] = others + (c * (fitted[t] + (correction * excess)));
        }
    }

    /// <summary>Where the numbers of a unit go.</summary>
    internal delegate Span<double> Destination(int unit);
}
