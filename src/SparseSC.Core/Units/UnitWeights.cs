using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>Final unit weights and predictions of every unit, for given v and w.</summary>
internal static class UnitWeights
{
    /// <summary>Units treated at once: their products with all donors reuse the donors' rows.</summary>
    private const int Chunk = 32;

    /// <summary>Predictions of all units (N×T) and, when asked, weights.</summary>
    /// <inheritdoc cref="Compute(UnitData, int[], double[], double, bool[,], int[], int[], ParallelOptions)"/>
    public static (double[,]? Weights, double[,] Predictions) Compute(
        UnitData data, int[] donors, double[] v, double w, bool[,]? pool, int[]? kept, ParallelOptions parallel) =>
        Compute(data, donors, v, w, pool, null, kept, parallel);

    /// <summary>Computes predictions (N×T) and, when asked, weights (a row for each unit of <paramref name="kept"/>, a column for each donor).</summary>
    /// <param name="data">All units.</param>
    /// <param name="donors">Rows of the donors, ascending (C).</param>
    /// <param name="v">Feature weights (K).</param>
    /// <param name="w">Penalty on the unit weights.</param>
    /// <param name="pool">N×C: who may be a donor of whom, or <c>null</c>.</param>
    /// <param name="predicted">Rows of the units that are predicted, the others being 0; <c>null</c> for all.</param>
    /// <param name="kept">Rows of the units whose weights are made; <c>null</c> makes none.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static (double[,]? Weights, double[,] Predictions) Compute(
        UnitData data, int[] donors, double[] v, double w, bool[,]? pool, int[]? predicted, int[]? kept, ParallelOptions parallel)
    {
        WeightRows? weights = kept is null ? null : new WeightRows(kept, data.Units, donors.Length);
        double[,] predictions = new double[data.Units, data.Targets];
        int[] positions = Positions(data.Units, donors);
        if (pool is not null)
        {
            Parallel.ForEach(DonorPools.Group(pool, positions, donors), parallel, group => SolveGroup(data, group, v, w, weights, predictions));
            return (weights?.Values, predictions);
        }

        DonorSystem system = new(data, donors, v, w, weights is not null, parallel);
        int[]? some = predicted is null ? null : [.. predicted.Concat(kept ?? []).Distinct().Order()];
        int count = some?.Length ?? data.Units;
        Parallel.For(0, (count + Chunk - 1) / Chunk, parallel, () => new Scratch(), (chunk, _, scratch) =>
        {
            int start = chunk * Chunk;
            int length = Math.Min(Chunk, count - start);
            int[] units = some?[start..(start + length)] ?? [.. Enumerable.Range(start, length)];
            SolveChunk(system, units, positions, weights, predictions, scratch);
            foreach (int unit in units.Where(u => positions[u] >= 0 && !system.CanLeaveOut(positions[u])))
            {
                int[] columns = [.. Enumerable.Range(0, donors.Length).Where(j => j != positions[unit])];
                SolveGroup(data, new DonorPoolGroup([unit], columns, [.. columns.Select(j => donors[j])]), v, w, weights, predictions);
            }

            return scratch;
        }, _ => { });
        return (weights?.Values, predictions);
    }

    /// <summary>The units whose weights a fit keeps, or <c>null</c> for none.</summary>
    public static int[]? Kept(KeptUnits kept, int units, int[] treated) => kept switch
    {
        KeptUnits.None => null,
        KeptUnits.Treated when treated.Length > 0 => treated,
        _ => [.. Enumerable.Range(0, units)],
    };

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

    private static void SolveChunk(
        DonorSystem system, int[] units, int[] positions, WeightRows? weights, double[,] predictions, Scratch scratch)
    {
        int[] places = [.. units.Select(unit => positions[unit])];
        system.Predict(units, places, scratch.Coefficients, scratch.Products, unit => MatrixRows.Row(predictions, unit));
        int[] weighted = weights is null ? [] : [.. units.Where(unit => weights.Of(unit) >= 0)];
        if (weighted.Length == 0)
        {
            return;
        }

        system.Products(weighted, scratch.Coefficients, scratch.Products);
        for (int row = 0; row < weighted.Length; row++)
        {
            int position = positions[weighted[row]];
            if (position < 0)
            {
                system.Weights(scratch.Products.Row(row), weights!.Row(weighted[row]));
            }
            else if (system.CanLeaveOut(position))
            {
                system.DonorWeights(position, scratch.Products.Row(row), weights!.Row(weighted[row]));
            }
        }
    }

    private static void SolveGroup(UnitData data, DonorPoolGroup group, double[] v, double w, WeightRows? weights, double[,] predictions)
    {
        int[] weighted = [.. group.Units.Where(unit => weights is not null && weights.Of(unit) >= 0)];
        DonorSystem system = new(data, group.Donors, v, w, weighted.Length > 0, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        double[] row = new double[group.Donors.Length];
        Scratch scratch = new();
        int[] outside = [.. group.Units.Select(_ => -1)];
        system.Predict(group.Units, outside, scratch.Coefficients, scratch.Products, unit => MatrixRows.Row(predictions, unit));
        foreach (int unit in weighted)
        {
            system.Products([unit], scratch.Coefficients, scratch.Products);
            system.Weights(scratch.Products.Row(0), row);
            for (int j = 0; j < group.Columns.Length; j++)
            {
                weights!.Row(unit)[group.Columns[j]] = row[j];
            }
        }
    }

    /// <summary>Weights of some units: where the row of each is.</summary>
    private sealed class WeightRows
    {
        private readonly int[] _rows;

        public WeightRows(int[] kept, int units, int donors)
        {
            Values = new double[kept.Length, donors];
            _rows = Positions(units, kept);
        }

        public double[,] Values { get; }

        /// <summary>The row of a unit, or −1.</summary>
        public int Of(int unit) => _rows[unit];

        public Span<double> Row(int unit) => MatrixRows.Row(Values, _rows[unit]);
    }

    private sealed class Scratch
    {
        public AlignedMatrix Coefficients { get; } = new(0, 0);

        public AlignedMatrix Products { get; } = new(0, 0);
    }
}
