using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Fitting.Objectives;

/// <summary>
/// One donor set and the units predicted from it, reduced to what the objective needs. Immutable; shared by all penalties.
/// </summary>
/// <remarks>
/// With S = X_C'X_C, P = X_C'Y_C of the n donors (not centred: the unit weights need not sum to one) and Z, Ỹ the predicted units'
/// rows minus the donors' means: G = Z'Z, H = Z'Ỹ. A block with fewer donors than features also keeps the rows, for the dual form.
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

    /// <summary>S (K×K), P (K×T), G (K×K) and H (K×T), or <c>null</c> when only the dual form is kept.</summary>
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

        Moments donorMoments = Objectives.Moments.Of(data, donors, centreX, centreY);
        Moments targetMoments = Objectives.Moments.Of(data, targets, centreX, centreY);
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

/// <summary>The feature-space moments of a donor block.</summary>
internal sealed class BlockMoments
{
    private BlockMoments(AlignedMatrix s, AlignedMatrix p, AlignedMatrix g, AlignedMatrix h, double targetNorm)
    {
        S = s;
        P = p;
        G = g;
        H = h;
        TargetNorm = targetNorm;
    }

    public AlignedMatrix S { get; }

    public AlignedMatrix P { get; }

    public AlignedMatrix G { get; }

    public AlignedMatrix H { get; }

    /// <summary>‖Ỹ‖².</summary>
    public double TargetNorm { get; }

    public static BlockMoments Create(Moments donors, Moments targets, double[] centreX, double[] centreY)
    {
        int features = centreX.Length;
        int periods = centreY.Length;
        double n = donors.Count;
        double m = targets.Count;
        AlignedMatrix s = new(features, features);
        AlignedMatrix p = new(features, periods);
        AlignedMatrix g = new(features, features);
        AlignedMatrix h = new(features, periods);
        double norm = targets.YY;
        for (int i = 0; i < features; i++)
        {
            double offset = donors.SumX[i] / n;
            double mean = centreX[i] + offset;
            for (int j = 0; j < features; j++)
            {
                double other = donors.SumX[j] / n;
                s[i, j] = donors.XX[i, j] - (n * offset * other) + (n * mean * (centreX[j] + other));
                g[i, j] = targets.XX[i, j] - (offset * targets.SumX[j]) - (targets.SumX[i] * other) + (m * offset * other);
            }

            for (int t = 0; t < periods; t++)
            {
                double other = donors.SumY[t] / n;
                p[i, t] = donors.XY[i, t] - (n * offset * other) + (n * mean * (centreY[t] + other));
                h[i, t] = targets.XY[i, t] - (offset * targets.SumY[t]) - (targets.SumX[i] * other) + (m * offset * other);
            }
        }

        for (int t = 0; t < periods; t++)
        {
            double other = donors.SumY[t] / n;
            norm += (m * other * other) - (2 * other * targets.SumY[t]);
        }

        return new BlockMoments(s, p, g, h, norm);
    }
}

/// <summary>The rows of a donor block with fewer donors than features.</summary>
internal sealed class BlockRows
{
    private BlockRows(AlignedMatrix donorX, AlignedMatrix donorY, AlignedMatrix targetX, AlignedMatrix targetY)
    {
        DonorXTransposed = new AlignedMatrix(donorX.Columns, donorX.Rows);
        for (int k = 0; k < donorX.Columns; k++)
        {
            for (int i = 0; i < donorX.Rows; i++)
            {
                DonorXTransposed[k, i] = donorX[i, k];
            }
        }

        DonorY = donorY;
        TargetX = targetX;
        TargetY = targetY;
    }

    /// <summary>X_C', K×n.</summary>
    public AlignedMatrix DonorXTransposed { get; }

    /// <summary>Y_C, n×T.</summary>
    public AlignedMatrix DonorY { get; }

    /// <summary>Z, m×K.</summary>
    public AlignedMatrix TargetX { get; }

    /// <summary>Ỹ, m×T.</summary>
    public AlignedMatrix TargetY { get; }

    public static BlockRows Create(UnitData data, int[] donors, int[] targets, double[] meanX, double[] meanY)
    {
        return new BlockRows(
            Gather(data.X, donors, new double[data.Features]),
            Gather(data.Y, donors, new double[data.Targets]),
            Gather(data.X, targets, meanX),
            Gather(data.Y, targets, meanY));
    }

    private static AlignedMatrix Gather(AlignedMatrix source, int[] rows, double[] centre)
    {
        AlignedMatrix result = new(rows.Length, source.Columns);
        Moments.GatherCentred(source, rows, centre, result, null);
        return result;
    }
}
