using FsCheck;
using FsCheck.Fluent;

namespace SparseSC.Numerics.Tests;

/// <summary>A matrix, row by row.</summary>
public sealed record Grid(int Rows, int Columns, double[] Values)
{
    public double this[int row, int column] => Values[(row * Columns) + column];

    /// <summary>The same without a row, or without a column.</summary>
    public Grid Without(int row = -1, int column = -1) => new(
        row < 0 ? Rows : Rows - 1,
        column < 0 ? Columns : Columns - 1,
        [.. Values.Where((_, i) => i / Columns != row && i % Columns != column)]);

    public override string ToString() =>
        $"{Rows}×{Columns}: {string.Join("; ", Values.Chunk(Math.Max(1, Columns)).Select(row => string.Join(", ", row)))}";
}

/// <summary>The product of rows × count and count × width, which is subtracted from a rows × width matrix.</summary>
public sealed record UpdateShape(int Rows, int Width, int Count);

/// <summary>Numbers and a position among them.</summary>
public sealed record Ranked(double[] Values, int Rank)
{
    public override string ToString() => $"rank {Rank} of [{string.Join(", ", Values)}]";
}

/// <summary>
/// What the properties are tested on. A failing case is made smaller by leaving out rows and columns, then by rounder numbers. What a run
/// prints when it fails, <c>(seed,gamma,size)</c>, repeats it as <c>[Property(Replay = "…")]</c>.
/// </summary>
public static class Generators
{
    public static Arbitrary<Grid> Grid() => Arb.From(Matrices(1, 12, 1, 10), Shrink);

    public static Arbitrary<UpdateShape> UpdateShape() => Arb.From(
        from rows in Gen.Choose(1, 10)
        from lanes in Gen.Choose(1, 6)
        from count in Gen.Choose(0, 20)
        select new UpdateShape(rows, 8 * lanes, count),
        shape => new[]
        {
            shape with { Rows = shape.Rows - 1 }, shape with { Width = shape.Width - 8 }, shape with { Count = shape.Count - 1 },
        }.Where(smaller => smaller is { Rows: > 0, Width: > 0, Count: >= 0 }));

    /// <summary>Lengths on both sides of where sorting takes over, few values among many so that most are repeated.</summary>
    public static Arbitrary<Ranked> Ranked() => Arb.From(
        from length in Gen.OneOf(Gen.Choose(1, 70), Gen.Choose(71, 5000))
        from values in Gen.Choose(0, length / 2).Select(value => (double)value).ArrayOf(length)
        from rank in Gen.Choose(0, length - 1)
        select new Ranked(values, rank),
        ranked => new[] { ranked.Values.Length / 2, ranked.Values.Length - 1 }.Where(length => length > 0)
            .Select(length => new Ranked(ranked.Values[..length], Math.Min(ranked.Rank, length - 1))));

    /// <summary>Numbers from -1 to 1, with seven digits.</summary>
    public static Gen<Grid> Matrices(int leastRows, int mostRows, int leastColumns, int mostColumns) =>
        from rows in Gen.Choose(leastRows, mostRows)
        from columns in Gen.Choose(leastColumns, mostColumns)
        from values in Gen.Choose(-5_000_000, 5_000_000).Select(value => value / 5e6).ArrayOf(rows * columns)
        select new Grid(rows, columns, values);

    public static IEnumerable<Grid> Shrink(Grid grid) =>
    [
        .. Enumerable.Range(0, grid.Rows > 1 ? grid.Rows : 0).Select(row => grid.Without(row: row)),
        .. Enumerable.Range(0, grid.Columns > 1 ? grid.Columns : 0).Select(column => grid.Without(column: column)),
        .. new[] { 0, 1, 3 }.Select(digits => grid with { Values = [.. grid.Values.Select(x => Math.Round(x, digits))] })
            .Where(rounder => !rounder.Values.SequenceEqual(grid.Values)).Take(1),
    ];
}
