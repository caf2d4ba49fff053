namespace SparseSC.Numerics.Statistics;

/// <summary>The k-th smallest of many numbers without sorting them.</summary>
public static class OrderStatistic
{
    private const int SmallEnoughToSort = 32;

    /// <summary>Returns the number that would stand at <paramref name="rank"/> (from 0) if <paramref name="values"/> were sorted.</summary>
    /// <param name="values">Finite numbers or infinities, no <c>NaN</c>; they come back in another order.</param>
    /// <param name="rank">Position from 0.</param>
    /// <remarks>Hoare's FIND with the median of three as pivot: linear on average, and the answer does not depend on the path.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rank"/> is not a position of <paramref name="values"/>.</exception>
    public static double Select(Span<double> values, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, values.Length);
        int low = 0;
        int high = values.Length - 1;
        while (high - low > SmallEnoughToSort)
        {
            (int left, int right) = Partition(values, low, high);
            if (rank <= right)
            {
                high = right;
            }
            else if (rank >= left)
            {
                low = left;
            }
            else
            {
                return values[rank];
            }
        }

        values[low..(high + 1)].Sort();
        return values[rank];
    }

    // Afterwards [low, right] ≤ pivot ≤ [left, high], and what lies between equals the pivot.
    private static (int Left, int Right) Partition(Span<double> values, int low, int high)
    {
        double pivot = MedianOfThree(values[low], values[low + ((high - low) / 2)], values[high]);
        int left = low;
        int right = high;
        while (left <= right)
        {
            while (values[left] < pivot)
            {
                left++;
            }

            while (pivot < values[right])
            {
                right--;
            }

            if (left <= right)
            {
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
        }

        return (left, right);
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
