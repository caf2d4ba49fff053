using SparseSC.Core.Fitting.Objectives;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Fitting;

/// <summary>Final unit weights and predictions of every unit, for given v and w.</summary>
internal static class UnitWeights
{
    /// <summary>Units treated at once: their products with all donors reuse the donors' rows.</summary>
    private const int Chunk = 32;

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
        Parallel.For(0, (data.Units + Chunk - 1) / Chunk, parallel, () => new Scratch(), (chunk, _, scratch) =>
        {
            int start = chunk * Chunk;
            int[] units = [.. Enumerable.Range(start, Math.Min(Chunk, data.Units - start))];
            SolveChunk(data, system, units, positions, weights, predictions, scratch);
            foreach (int unit in units.Where(u => positions[u] >= 0 && !system.CanLeaveOut(positions[u])))
            {
                int[] columns = [.. Enumerable.Range(0, donors.Length).Where(j => j != positions[unit])];
                SolveGroup(data, new DonorPoolGroup([unit], columns, [.. columns.Select(j => donors[j])]), v, w, weights, predictions);
            }

            return scratch;
        }, _ => { });
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

    private static void SolveChunk(
        UnitData data, DonorSystem system, int[] units, int[] positions, double[,]? weights, double[,] predictions, Scratch scratch)
    {
        if (weights is not null)
        {
            system.Products(units, scratch.Coefficients, scratch.Products);
        }

        for (int i = 0; i < units.Length; i++)
        {
            int unit = units[i];
            int position = positions[unit];
            if (position < 0)
            {
                system.Predict(unit, Row(predictions, unit));
                if (weights is not null)
                {
                    system.Weights(scratch.Products.Row(i), Row(weights, unit));
                }
            }
            else if (system.CanLeaveOut(position))
            {
                system.PredictDonor(position, Row(predictions, unit));
                if (weights is not null)
                {
                    system.DonorWeights(position, scratch.Products.Row(i), Row(weights, unit));
                }
            }
        }
    }

    private static void SolveGroup(UnitData data, DonorPoolGroup group, double[] v, double w, double[,]? weights, double[,] predictions)
    {
        DonorSystem system = new(data, group.Donors, v, w);
        double[] row = new double[group.Donors.Length];
        Scratch scratch = new();
        foreach (int unit in group.Units)
        {
            system.Predict(unit, Row(predictions, unit));
            if (weights is null)
            {
                continue;
            }

            system.Products([unit], scratch.Coefficients, scratch.Products);
            system.Weights(scratch.Products.Row(0), row);
            for (int j = 0; j < group.Columns.Length; j++)
            {
                weights[unit, group.Columns[j]] = row[j];
            }
        }
    }

    private sealed class Scratch
    {
        public AlignedMatrix Coefficients { get; } = new(0, 0);

        public AlignedMatrix Products { get; } = new(0, 0);
    }
}
