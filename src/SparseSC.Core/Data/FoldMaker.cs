using SparseSC.Core.Errors;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Data;

/// <summary>Makes folds and says clearly when they cannot be made.</summary>
internal static class FoldMaker
{
    public static Fold[] Shuffled(int rows, int folds, uint seed, string parameter, string rowsName)
    {
        int[][] tests = ShuffledTests(rows, folds, seed, parameter, rowsName);
        return [.. tests.Select(test => new Fold(Complement(rows, test), test))];
    }

    public static int[][] ShuffledTests(int rows, int folds, uint seed, string parameter, string rowsName)
    {
        if (folds < 2)
        {
            throw new InvalidInputException("FoldCountTooSmall", $"{{{parameter}}} {folds} makes no folds. Give at least 2.", parameter);
        }

        return folds > rows
            ? throw new InvalidInputException("MoreFoldsThanUnits", $"{{{parameter}}} {folds} needs at least {folds} {rowsName}; there are {rows}. Give a smaller {{{parameter}}}.", parameter)
            : ShuffledKFold.TestFolds(rows, folds, seed);
    }

    public static int[] Complement(int rows, int[] test)
    {
        HashSet<int> held = [.. test];
        return [.. Enumerable.Range(0, rows).Where(i => !held.Contains(i))];
    }
}
