using SparseSC.Core.Models;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>Whether the last residuals are larger than rearrangements of all residuals would make them.</summary>
/// <remarks>
/// The statistic is Σ|u|^q, which notices any effect, or |Σu|, which tests their average. A single last residual has as many places to go to as there are residuals, so all of them are tried whatever
/// the option.
/// </remarks>
internal sealed class PermutationTest
{
    // Shares of equal residuals computed along different orders may differ in the last digits.
    private const double Tie = 1e-12;

    private readonly int _length;
    private readonly int _last;
    private readonly double _norm;
    private readonly bool _ofAverage;
    private readonly int[][]? _drawn;

    public PermutationTest(int length, int last, ConformalOptions options, bool ofAverage)
    {
        _length = length;
        _last = last;
        _norm = options.Norm;
        _ofAverage = ofAverage;
        if (last > 1 && options.Permutations == ConformalPermutations.Iid)
        {
            MersenneTwister random = new(options.Seed);
            _drawn = new int[options.Draws][];
            int[] order = [.. Enumerable.Range(0, length)];
            for (int i = 0; i < _drawn.Length; i++)
            {
                random.Shuffle(order);
                _drawn[i] = order[^last..];
            }
        }
    }

    /// <summary>The number of rearrangements, the actual order included.</summary>
    public int Count => _drawn is null ? _length : _drawn.Length + 1;

    public double PValue(double[] residuals)
    {
        double[] powers = _ofAverage ? residuals : [.. residuals.Select(u => Math.Pow(Math.Abs(u), _norm))];
        double actual = 0;
        for (int t = _length - _last; t < _length; t++)
        {
            actual += powers[t];
        }

        double limit = Math.Abs(actual) * (1 - Tie);
        int asLarge = 1;
        if (_drawn is null)
        {
            for (int shift = 1; shift < _length; shift++)
            {
                double sum = 0;
                for (int t = _length - _last; t < _length; t++)
                {
                    sum += powers[(t + shift) % _length];
                }

                asLarge += Math.Abs(sum) >= limit ? 1 : 0;
            }
        }
        else
        {
            foreach (int[] order in _drawn)
            {
                double sum = 0;
                foreach (int t in order)
                {
                    sum += powers[t];
                }

                asLarge += Math.Abs(sum) >= limit ? 1 : 0;
            }
        }

        return asLarge / (double)Count;
    }
}
