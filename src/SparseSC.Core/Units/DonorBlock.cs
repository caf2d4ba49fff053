using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>
/// One donor set and the units predicted from it, reduced to what the objective needs. Immutable; shared by all penalties.
/// </summary>
/// <remarks>
/// Z and Ỹ are the predicted units' rows minus the donors' means. A block with fewer donors than features also keeps its rows, for
/// the dual form.
/// </remarks>
internal sealed class DonorBlock
{
    /// <summary>Features above which a block with fewer donors keeps no K×K moments.</summary>
    private const int MomentLimit = 384;

    private DonorBlock(UnitData data, int[] donors, int[] targets, double[] meanX, double[] meanY)
    {
        Data = data;
        DonorCount = donors.Length;
        Targets = targets;
        MeanX = meanX;
        MeanY = meanY;
    }

    public UnitData Data { get; }

    public int DonorCount { get; }

    /// <summary>Rows of the units predicted.</summary>
    public int[] Targets { get; }

    public double[] MeanX { get; }

    public double[] MeanY { get; }

    /// <summary>The feature-space moments, or <c>null</c> when only the dual form is kept.</summary>
    public BlockMoments? Moments { get; private set; }

    /// <summary>The rows themselves, or <c>null</c> when the moments serve every point.</summary>
    public BlockRows? Rows { get; private set; }

    /// <summary>Whether a block of this size keeps moments.</summary>
    public static bool KeepsMoments(int donors, int features) => features <= donors || features <= MomentLimit;

    /// <summary>Builds a block on its own.</summary>
    public static DonorBlock Create(UnitData data, int[] donors, int[] targets)
    {
        (double[] centreX, double[] centreY) = data.Means(donors);
        if (!KeepsMoments(donors.Length, data.Features))
        {
            return Create(data, donors, targets, null, null, centreX, centreY);
        }

        Moments donorMoments = Units.Moments.Of(data, donors, centreX, centreY);
        Moments targetMoments = Units.Moments.Of(data, targets, centreX, centreY);
        return Create(data, donors, targets, donorMoments, targetMoments, centreX, centreY);
    }

    /// <summary>Builds a block from moments of its donors and of its targets about one centre.</summary>
    public static DonorBlock Create(
        UnitData data, int[] donors, int[] targets, Moments? donorMoments, Moments? targetMoments, double[] centreX, double[] centreY)
    {
        double[] meanX;
        double[] meanY;
        if (donorMoments is null)
        {
            (meanX, meanY) = data.Means(donors);
        }
        else
        {
            meanX = Mean(centreX, donorMoments.SumX, donors.Length);
            meanY = Mean(centreY, donorMoments.SumY, donors.Length);
        }

        DonorBlock block = new(data, donors, targets, meanX, meanY);
        if (donorMoments is not null && targetMoments is not null)
        {
            block.Moments = BlockMoments.Create(donorMoments, targetMoments, centreX, centreY);
        }

        if (donors.Length < data.Features || block.Moments is null)
        {
            block.Rows = BlockRows.Create(data, donors, targets, meanX, meanY);
        }

        return block;
    }

    private static double[] Mean(double[] centre, double[] sums, int count)
    {
        double[] mean = new double[centre.Length];
        for (int k = 0; k < mean.Length; k++)
        {
            mean[k] = centre[k] + (sums[k] / count);
        }

        return mean;
    }
}
