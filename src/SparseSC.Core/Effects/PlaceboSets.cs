using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Numerics.Random;
using SparseSC.Numerics.Statistics;

namespace SparseSC.Core.Effects;

/// <summary>Sets of controls that stand in for the treated units: one control of its own treatment time for each.</summary>
/// <remarks>
/// Within a treatment time of N treated units and C controls they are drawn without replacement while N ≤ C/2, and with replacement
/// beyond. With one treatment time, equal doses and few enough sets all of them are taken: C(C, N), or C^N with replacement, where each
/// place may hold any control.
/// </remarks>
internal static class PlaceboSets
{
    private const int MostAtOnce = 100_000_000;

    /// <summary>Whether a control may stand in for several treated units at once.</summary>
    public static bool WithReplacement(int treated, int controls) => treated > controls / 2.0;

    /// <summary>All sets, or <c>null</c> when they have to be drawn.</summary>
    /// <param name="cohorts">Treated units and controls of every treatment time.</param>
    /// <param name="equalDoses">Whether it makes no difference which treated unit a control stands in for.</param>
    /// <param name="options">How many sets there may be.</param>
    /// <exception cref="InvalidInputException">All sets are asked for, and they cannot be enumerated or are too many.</exception>
    public static int[]? All(IReadOnlyList<(int Treated, int Controls)> cohorts, bool equalDoses, PlaceboOptions options)
    {
        (int size, int controls) = cohorts[0];
        bool isCountable = cohorts.Count == 1 && equalDoses;
        if (!isCountable)
        {
            return options.MaxPlacebos > 0 ? null : throw NotCountable();
        }

        return WithReplacement(size, controls)
            ? Choose(Power(controls, size), options, size, controls, EnumerateReplaced)
            : Choose(Combinations.Count(controls, size), options, size, controls, Enumerate);
    }

    /// <summary>All sets with replacement, or <c>null</c> when they have to be drawn.</summary>
    public static int[]? AllReplaced(int controls, int size, PlaceboOptions options) =>
        Choose(Power(controls, size), options, size, controls, EnumerateReplaced);

    /// <summary>The error for sets that cannot be enumerated.</summary>
    private static InvalidInputException NotCountable() => new(
        "TooManyPlacebos",
        "{MaxPlacebos} 0 asks for all placebos, which are enumerated for one treatment time and equal doses. Give a number.",
        "MaxPlacebos");

    /// <summary>Draws one set: positions in the cohorts' controls, stacked one cohort after the other.</summary>
    public static void Draw(IReadOnlyList<(int Treated, int Controls)> cohorts, int[][] orders, MersenneTwister random, Span<int> set)
    {
        int next = 0;
        int offset = 0;
        for (int g = 0; g < cohorts.Count; g++)
        {
            (int treated, int controls) = cohorts[g];
            int[] order = orders[g];
            bool replace = WithReplacement(treated, controls);
            if (!replace)
            {
                random.Draw(order.AsSpan(0, controls), treated);
            }

            for (int i = 0; i < treated; i++)
            {
                set[next++] = offset + (replace ? (int)random.NextInterval((uint)(controls - 1)) : order[i]);
            }

            offset += controls;
        }
    }

    private static int[]? Choose(long all, PlaceboOptions options, int size, int controls, Func<int, int, int, int[]> enumerate)
    {
        if (options.MaxPlacebos > 0)
        {
            return all <= options.MaxPlacebos ? enumerate(controls, size, (int)all) : null;
        }

        return all <= MostAtOnce / size
            ? enumerate(controls, size, (int)all)
            : throw new InvalidInputException(
                "TooManyPlacebos",
                $"{{MaxPlacebos}} 0 asks for all {all:N0} sets of {size} of {controls} controls; up to {MostAtOnce / size:N0} are possible. Give a number.",
                "MaxPlacebos");
    }

    // controls^size, or the largest number when it is larger.
    private static long Power(int controls, int size)
    {
        long result = 1;
        for (int i = 0; i < size; i++)
        {
            if (result > long.MaxValue / controls)
            {
                return long.MaxValue;
            }

            result *= controls;
        }

        return result;
    }

    private static int[] EnumerateReplaced(int controls, int size, int count)
    {
        int[] result = new int[checked(count * size)];
        for (int i = 0; i < count; i++)
        {
            int rest = i;
            for (int place = size - 1; place >= 0; place--)
            {
                (rest, result[(i * size) + place]) = Math.DivRem(rest, controls);
            }
        }

        return result;
    }

    private static int[] Enumerate(int controls, int size, int count)
    {
        int[] result = new int[checked(count * size)];
        int[] set = [.. Enumerable.Range(0, size)];
        for (int i = 0; i < count; i++)
        {
            set.CopyTo(result, i * size);
            int last = size - 1;
            while (last >= 0 && set[last] == controls - size + last)
            {
                last--;
            }

            if (last < 0)
            {
                break;
            }

            set[last]++;
            for (int next = last + 1; next < size; next++)
            {
                set[next] = set[next - 1] + 1;
            }
        }

        return result;
    }
}
