using SparseSC.Core.Models;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Design;

/// <summary>Whether the last residuals are larger than rearrangements of all residuals would make them. Immutable.</summary>
/// <remarks>Source: Chernozhukov, Wüthrich, Zhu (2021), JASA 116(536), with the statistic Σ|u|, or ±Σu for effects of one sign.</remarks>
internal sealed class ResidualTest
{
    // Sums of equal residuals added up along different ways differ in their last digits.
    private const double Tie = 1e-9;

    private readonly int _length;
    private readonly int _last;
    private readonly TestSide _side;
    private readonly int[][]? _drawn;

    public ResidualTest(int length, int last, TestSide side, ConformalOptions options)
    {
        _length = length;
        _last = last;
        _side = side;
        if (options.Permutations == ConformalPermutations.Iid)
        {
            MersenneTwister random = new(options.Seed);
            int[] order = [.. Enumerable.Range(0, length)];
            _drawn = new int[options.Draws][];
            for (int i = 0; i < _drawn.Length; i++)
            {
                random.Shuffle(order);
                _drawn[i] = order[^last..];
            }
        }
    }

    /// <summary>The p-value. Residuals are replaced by what the statistic sums.</summary>
    /// <param name="residuals">One a period, those under the effect last.</param>
    /// <param name="effect">The effect simulated, of whose sign a one-sided test is.</param>
    public double PValue(Span<double> residuals, double effect)
    {
        for (int t = 0; t < residuals.Length; t++)
        {
            residuals[t] = _side == TestSide.TwoSided ? Math.Abs(residuals[t]) : effect > 0 ? residuals[t] : -residuals[t];
        }

        double actual = 0;
        foreach (double value in residuals[(_length - _last)..])
        {
            actual += value;
        }

        double limit = actual - (Tie * Math.Abs(actual));
        return _drawn is null ? Shifts(residuals, actual, limit) : Draws(residuals, limit);
    }

    private double Shifts(ReadOnlySpan<double> values, double actual, double limit)
    {
        int asLarge = 1;
        double sum = actual;
        for (int shift = 1; shift < _length; shift++)
        {
            int leaving = _length - _last + shift - 1;
            sum += values[shift - 1] - values[leaving < _length ? leaving : leaving - _length];
            asLarge += sum >= limit ? 1 : 0;
        }

        return asLarge / (double)_length;
    }

    private double Draws(ReadOnlySpan<double> values, double limit)
    {
        int asLarge = 1;
        foreach (int[] order in _drawn!)
        {
            double sum = 0;
            foreach (int t in order)
            {
                sum += values[t];
            }

            asLarge += sum >= limit ? 1 : 0;
        }

        return asLarge / (_drawn.Length + 1.0);
    }
}
