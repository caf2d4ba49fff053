namespace SparseSC.Numerics.Random;

/// <summary>Splits rows into shuffled folds exactly as scikit-learn's <c>KFold(k, shuffle=True, random_state=seed)</c>.</summary>
public static class ShuffledKFold
{
    /// <summary>Returns the test rows of each fold, ascending; <paramref name="rows"/> % <paramref name="folds"/> folds are one larger.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two folds, or more folds than rows.</exception>
    public static int[][] TestFolds(int rows, int folds, uint seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, rows);
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            order[i] = i;
        }

        new MersenneTwister(seed).Shuffle(order);
        int[][] result = new int[folds][];
        int start = 0;
        for (int f = 0; f < folds; f++)
        {
            int size = (rows / folds) + (f < rows % folds ? 1 : 0);
            result[f] = order[start..(start + size)];
            Array.Sort(result[f]);
            start += size;
        }

        return result;
    }
}
