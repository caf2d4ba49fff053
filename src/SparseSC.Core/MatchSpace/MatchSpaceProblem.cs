using SparseSC.Core.Models;
using SparseSC.Core.Units;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.MatchSpace;

/// <summary>What a match space is made from.</summary>
/// <param name="Data">Features and targets of all units.</param>
/// <param name="Rows">The rows fitted.</param>
/// <param name="TreatedUnits">Rows of the treated units.</param>
/// <param name="Options">Settings, checked.</param>
/// <param name="Parallel">Threads and cancellation.</param>
/// <param name="Progress">Told how many folds of how many are done.</param>
internal sealed record MatchSpaceProblem(
    UnitData Data, int[] Rows, int[] TreatedUnits, MatchSpaceOptions Options, ParallelOptions Parallel, Action<int, int>? Progress)
{
    private readonly MersenneTwister _random = new(Options.Seed);

    /// <summary>Draws the sample of <paramref name="rows"/>, or takes them all. Draws go on where the last one ended.</summary>
    public int[] Draw(int[] rows)
    {
        if (Options.SampleFraction >= 1)
        {
            return rows;
        }

        int[] order = [.. Enumerable.Range(0, rows.Length)];
        _random.Shuffle(order);
        return [.. order.Take(SampleSize(rows.Length, Options.SampleFraction)).Select(i => rows[i])];
    }

    /// <summary>How many of <paramref name="rows"/> units a sample has.</summary>
    public static int SampleSize(int rows, double fraction) => fraction >= 1 ? rows : (int)(fraction * rows);
}
