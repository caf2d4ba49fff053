using SparseSC.Core.Fitting.Objectives;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Fitting;

/// <summary>Final unit weights and predictions of every unit, for given v and w.</summary>
internal static class UnitWeights
{
    /// <summary>Computes predictions (N×T) and, when asked, weights (N×C).</summary>
    /// <param name="data">All units.</param>
    /// <param name="donors">Rows of the donors, ascending (C).</param>
    /// <param name="v">Feature weights (K).</param>
    /// <param name="w">Penalty on the unit weights.</param>
    /// <param name="pool">N×C: who may be a donor of whom, or <c>null</c>.</param>
    /// <param name="keepWeights">Whether to make the N×C matrix.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static (double[,]? Weights, double[,] Predictions) Compute(
        UnitData data, int[] donors, double[] v, double w, bool[,]? pool, bool keepWeights, ParallelOptions parallel)
    {
        double[,]? weights = keepWeights ? new double[data.Units, donors.Length] : null;
        double[,] predictions = new double[data.Units, data.Targets];
        int[] positions = Positions(data.Units, donors);
        if (pool is not null)
        {
            Parallel.ForEach(DonorPools.Group(pool, positions, donors), parallel, group => SolveGroup(data, group, v, w, weights, predictions));
            return (weights, predictions);
        }

        DonorSystem system = new(data, donors, v, w);
        const int Chunk = 32;
        Parallel.For(0, (data.Units + Chunk - 1) / Chunk, parallel, chunk =>
        {
            double[] row = new double[AlignedMatrix.Pad(donors.Length)];
            int end = Math.Min(data.Units, (chunk + 1) * Chunk);
            for (int unit = chunk * Chunk; unit < end; unit++)
            {
                int position = positions[unit];
                if (position >= 0 && !system.CanLeaveOut(position))
                {
                    int[] columns = [.. Enumerable.Range(0, donors.Length).Where(j => j != position)];
                    SolveGroup(data, new DonorPoolGroup([unit], columns, [.. columns.Select(j => donors[j])]), v, w, weights, predictions);
                    continue;
                }

                if (position >= 0)
                {
                    system.PredictDonor(position, Row(predictions, unit));
                }
                else
                {
                    system.Predict(unit, Row(predictions, unit));
                }

                if (weights is null)
                {
                    continue;
                }

                if (position >= 0)
                {
                    system.DonorWeights(position, row);
                }
                else
                {
                    system.Weights(unit, row);
                }

                row.AsSpan(0, donors.Length).CopyTo(Row(weights, unit));
            }
        });
        return (weights, predictions);
    }

    /// <summary>Position of each unit among the donors, or −1.</summary>
    internal static int[] Positions(int units, int[] donors)
    {
        int[] positions = new int[units];
        Array.Fill(positions, -1);
        for (int j = 0; j < donors.Length; j++)
        {
            positions[donors[j]] = j;
        }

        return positions;
    }

    internal static Span<double> Row(double[,] matrix, int row)
    {
        int columns = matrix.GetLength(1);
        return columns == 0
            ? []
            : System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref matrix[row, 0], columns);
    }

    private static void SolveGroup(UnitData data, DonorPoolGroup group, double[] v, double w, double[,]? weights, double[,] predictions)
    {
        DonorSystem system = new(data, group.Donors, v, w);
        double[] row = new double[AlignedMatrix.Pad(group.Donors.Length)];
        foreach (int unit in group.Units)
        {
            system.Predict(unit, Row(predictions, unit));
            if (weights is null)
            {
                continue;
            }

            system.Weights(unit, row);
            for (int j = 0; j < group.Columns.Length; j++)
            {
                weights[unit, group.Columns[j]] = row[j];
            }
        }
    }
}
