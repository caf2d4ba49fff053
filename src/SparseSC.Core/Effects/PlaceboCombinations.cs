using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Numerics.Random;
using SparseSC.Numerics.Statistics;

namespace SparseSC.Core.Effects;

/// <summary>Which control rows are averaged for each placebo: all combinations in lexicographic order, or a list of them.</summary>
internal sealed class PlaceboCombinations
{
    private const int MostNamed = 10;

    // All of them are enumerated anew per column, but a column of results has to be held.
    private const int MostAtOnce = 100_000_000;

    private readonly int _size;
    private readonly int _controls;
    private readonly int[]? _drawn;
    private readonly double[]? _divisors;

    private PlaceboCombinations(int controls, int size, int count, int[]? drawn, double[]? divisors = null)
    {
        _controls = controls;
        _size = size;
        _drawn = drawn;
        _divisors = divisors;
        Count = count;
        IsExhaustive = drawn is null;
    }

    public int Count { get; }

    public bool IsExhaustive { get; private init; }

    /// <summary>Decides which combinations are used.</summary>
    /// <exception cref="InvalidInputException">There are fewer controls than treated rows, or too many combinations.</exception>
    public static PlaceboCombinations Create(int controls, int size, PlaceboOptions options)
    {
        if (options.Combinations is { } given)
        {
            return new PlaceboCombinations(controls, size, given.Count, Flatten(given, controls, size));
        }

        if (options.Scale == PlaceboScale.Design && PlaceboSets.WithReplacement(size, controls))
        {
            return Replaced(controls, size, options);
        }

        if (size > controls)
        {
            throw new InvalidInputException(
                "TooFewPlacebos",
                $"{size} treated units are compared with placebos made of {size} controls each, but there are only {controls} controls. "
                    + "Average the treated units into one with {AverageTreated}, or leave some out.",
                "AverageTreated");
        }

        long all = Combinations.Count(controls, size);
        if (options.MaxPlacebos > 0 && all > options.MaxPlacebos)
        {
            return new PlaceboCombinations(controls, size, options.MaxPlacebos, Combinations.Sample(options.MaxPlacebos, controls, size, options.Seed));
        }

        return all <= MostAtOnce
            ? new PlaceboCombinations(controls, size, (int)all, null)
            : throw new InvalidInputException(
                "TooManyPlacebos",
                $"{{MaxPlacebos}} 0 asks for all {all:N0} combinations of {size} of {controls} controls; up to {MostAtOnce:N0} are possible. Give a number.",
                "MaxPlacebos");
    }

    /// <summary>Sets that are made already.</summary>
    /// <param name="sets">Control rows, <paramref name="size"/> per set.</param>
    /// <param name="size">The number of treated units.</param>
    /// <param name="isExhaustive">Whether these are all sets there are.</param>
    /// <param name="divisors">Per place in a set what its control's number is divided by.</param>
    public static PlaceboCombinations Given(int[] sets, int size, bool isExhaustive, double[] divisors) =>
        new(0, size, sets.Length / size, sets, divisors.All(divisor => divisor == 1) ? null : divisors) { IsExhaustive = isExhaustive };

    /// <summary>The mean of <paramref name="controls"/> (one number per control row) over each combination.</summary>
    /// <param name="controls">One number per control row.</param>
    /// <param name="areSizes">Whether they are sizes, which a negative divisor does not turn round.</param>
    /// <param name="result">One mean per combination.</param>
    /// <remarks>Sums run in the order of the combination, as the reference's do, so that the numbers are the same to the last bit.</remarks>
    public void Means(ReadOnlySpan<double> controls, bool areSizes, Span<double> result)
    {
        if (_divisors is not null)
        {
            DividedMeans(controls, areSizes, result);
            return;
        }

        if (_drawn is not null)
        {
            DrawnMeans(controls, result);
        }
        else if (_size == 1)
        {
            controls.CopyTo(result);
        }
        else
        {
            int next = 0;
            Enumerate(controls, result, ref next, 0, 0, 0);
        }
    }

    private void Enumerate(ReadOnlySpan<double> controls, Span<double> result, ref int next, int first, int depth, double sum)
    {
        if (depth == _size - 1)
        {
            foreach (double value in controls[first..])
            {
                result[next++] = (sum + value) / _size;
            }

            return;
        }

        for (int i = first; i <= _controls - (_size - depth); i++)
        {
            Enumerate(controls, result, ref next, i + 1, depth + 1, sum + controls[i]);
        }
    }

    private void DividedMeans(ReadOnlySpan<double> controls, bool areSizes, Span<double> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            double sum = 0;
            for (int place = 0; place < _size; place++)
            {
                double divisor = areSizes ? Math.Abs(_divisors![place]) : _divisors![place];
                sum += controls[_drawn![(i * _size) + place]] / divisor;
            }

            result[i] = sum / _size;
        }
    }

    private void DrawnMeans(ReadOnlySpan<double> controls, Span<double> result)
    {
        ReadOnlySpan<int> drawn = _drawn;
        for (int i = 0; i < result.Length; i++)
        {
            double sum = 0;
            foreach (int control in drawn.Slice(i * _size, _size))
            {
                sum += controls[control];
            }

            result[i] = sum / _size;
        }
    }

    private static PlaceboCombinations Replaced(int controls, int size, PlaceboOptions options)
    {
        if (PlaceboSets.AllReplaced(controls, size, options) is { } all)
        {
            return new PlaceboCombinations(controls, size, all.Length / size, all) { IsExhaustive = true };
        }

        MersenneTwister random = new(options.Seed);
        int[] drawn = new int[checked(options.MaxPlacebos * size)];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = (int)random.NextInterval((uint)(controls - 1));
        }

        return new PlaceboCombinations(controls, size, options.MaxPlacebos, drawn);
    }

    private static int[] Flatten(IReadOnlyList<int[]> given, int controls, int size)
    {
        int[] result = new int[checked(given.Count * size)];
        for (int i = 0; i < given.Count; i++)
        {
            int[] combination = given[i];
            if (combination.Length != size || combination.Any(control => control < 0 || control >= controls) || combination.Distinct().Count() != size)
            {
                throw new InvalidInputException(
                    "CombinationInvalid",
                    $"Combination {i} of {{Combinations}} is {string.Join(", ", combination.Take(MostNamed))}{(combination.Length > MostNamed ? ", …" : "")}; it must hold {size} different rows from 0 to {controls - 1}.",
                    "Combinations");
            }

            combination.CopyTo(result, i * size);
        }

        return result.Length > 0
            ? result
            : throw new InvalidInputException("CombinationInvalid", "{Combinations} holds no combination.", "Combinations");
    }
}
