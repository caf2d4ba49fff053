using SparseSC.Core.Units;

namespace SparseSC.Core.Objectives;

/// <summary>The donor blocks of one search: everything that depends neither on the penalties nor on v. Immutable.</summary>
internal sealed class FoldObjectiveData
{
    private FoldObjectiveData(UnitData data, DonorBlock[] blocks, double uncovered, CentredMoments? whole = null)
    {
        Whole = whole;
        Data = data;
        Blocks = blocks;
        UncoveredNorm = uncovered;
    }

    public UnitData Data { get; }

    public DonorBlock[] Blocks { get; }

    /// <summary>Moments of all rows of a k-fold problem, or <c>null</c> when there are none.</summary>
    public CentredMoments? Whole { get; }

    /// <summary>Σ‖y‖² of the rows that no fold predicts: the reference predicts 0 for them, and its first step depends on it.</summary>
    public double UncoveredNorm { get; }

    /// <summary>k-fold: the rows of each test fold are predicted from all other <paramref name="rows"/>.</summary>
    /// <param name="data">All units.</param>
    /// <param name="rows">Rows of the problem.</param>
    /// <param name="testFolds">Positions within <paramref name="rows"/>; disjoint, none empty.</param>
    public static FoldObjectiveData KFold(UnitData data, int[] rows, int[][] testFolds)
    {
        (double[] centreX, double[] centreY) = data.Means(rows);
        int[] foldOf = new int[rows.Length];
        Array.Fill(foldOf, -1);
        for (int f = 0; f < testFolds.Length; f++)
        {
            foreach (int position in testFolds[f])
            {
                foldOf[position] = f;
            }
        }

        int[] uncovered = [.. rows.Where((_, i) => foldOf[i] < 0)];
        bool withMoments = DonorBlock.KeepsMoments(rows.Length - testFolds.Max(t => t.Length), data.Features);
        Moments?[] parts = new Moments?[testFolds.Length];
        Moments? whole = null;
        if (withMoments)
        {
            whole = Moments.Of(data, uncovered, centreX, centreY);
            for (int f = 0; f < testFolds.Length; f++)
            {
                parts[f] = Moments.Of(data, [.. testFolds[f].Select(i => rows[i])], centreX, centreY);
                whole.Add(parts[f]!);
            }
        }

        DonorBlock[] blocks = new DonorBlock[testFolds.Length];
        for (int f = 0; f < blocks.Length; f++)
        {
            int[] donors = [.. rows.Where((_, i) => foldOf[i] != f)];
            int[] targets = [.. testFolds[f].Select(i => rows[i])];
            Moments? donorMoments = whole?.Clone();
            donorMoments?.Subtract(parts[f]!);
            blocks[f] = DonorBlock.Create(data, donors, targets, donorMoments, parts[f], centreX, centreY);
        }

        return new FoldObjectiveData(data, blocks, SquaredNorm(data, uncovered), whole is null ? null : new CentredMoments(whole, centreX, centreY));
    }

    /// <summary>Cross-train: <paramref name="targets"/> are predicted from <paramref name="donors"/>.</summary>
    public static FoldObjectiveData CrossTrain(UnitData data, int[] donors, int[] targets)
        => new(data, [DonorBlock.Create(data, donors, targets)], 0);

    private static double SquaredNorm(UnitData data, int[] rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            foreach (double y in data.Y.Row(row))
            {
                sum += y * y;
            }
        }

        return sum;
    }
}

/// <summary>Moments and the centre they are about.</summary>
/// <param name="Moments">The moments.</param>
/// <param name="CentreX">Centre of the features.</param>
/// <param name="CentreY">Centre of the targets.</param>
internal sealed record CentredMoments(Moments Moments, double[] CentreX, double[] CentreY);
