using SparseSC.Core.Errors;
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

    private PlaceboCombinations(int controls, int size, int count, int[]? drawn)
    {
        _controls = controls;
        _size = size;
        _drawn = drawn;
        Count = count;
    }

    public int Count { get; }

    public bool IsExhaustive => _drawn is null;

    /// <summary>Decides which combinations are used.</summary>
    /// <exception cref="InvalidInputException">There are fewer controls than treated rows, or too many combinations.</exception>
    public static PlaceboCombinations Create(int controls, int size, PlaceboOptions options)
    {
        if (options.Combinations is { } given)
        {
            return new PlaceboCombinations(controls, size, given.Count, Flatten(given, controls, size));
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

    /// <summary>The mean of <paramref name="controls"/> (one number per control row) over each combination.</summary>
    /// <remarks>Sums run in the order of the combination, as the reference's do, so that the numbers are the same to the last bit.</remarks>
    public void Means(ReadOnlySpan<double> controls, Span<double> result)
    {
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
