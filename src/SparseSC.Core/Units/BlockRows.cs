using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

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
