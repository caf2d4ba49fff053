using SparseSC.Numerics.Random;

namespace SparseSC.Numerics.Statistics;

/// <summary>Subsets of a given size: how many there are, and random ones.</summary>
public static class Combinations
{
    /// <summary>The number of ways to choose <paramref name="size"/> of <paramref name="count"/>; <see cref="long.MaxValue"/> when it is larger than that.</summary>
    public static long Count(int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size > count)
        {
            return 0;
        }

        int smaller = Math.Min(size, count - size);
        UInt128 result = 1;
        for (int i = 1; i <= smaller; i++)
        {
            // Each quotient is itself a binomial coefficient, so the division leaves no remainder.
            result = result * (UInt128)(count - smaller + i) / (UInt128)i;
            if (result > long.MaxValue)
            {
                return long.MaxValue;
            }
        }

        return (long)result;
    }

    /// <summary>Draws subsets independently, each with the same probability.</summary>
    /// <param name="draws">How many subsets.</param>
    /// <param name="count">Size of the set.</param>
    /// <param name="size">Size of a subset.</param>
    /// <param name="seed">Seed of the Mersenne Twister that draws them.</param>
    /// <returns><paramref name="draws"/>·<paramref name="size"/> elements from 0 to <paramref name="count"/> − 1, one subset after the other.</returns>
    /// <remarks>Source: Floyd's algorithm in Bentley and Floyd (1987), "A sample of brilliance", CACM 30(9).</remarks>
    public static int[] Sample(int draws, int count, int size, uint seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draws);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, count);
        int[] result = new int[checked(draws * size)];
        MersenneTwister random = new(seed);
        int[] drawnBy = new int[count];
        for (int draw = 1; draw <= draws; draw++)
        {
            Span<int> subset = result.AsSpan((draw - 1) * size, size);
            for (int i = 0; i < size; i++)
            {
                int last = count - size + i;
                int element = (int)random.NextInterval((uint)last);
                subset[i] = drawnBy[element] == draw ? last : element;
                drawnBy[subset[i]] = draw;
            }
        }

        return result;
    }
}
