using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>Scratch memory that the blocks of one evaluator share, one after the other. Grows once, then allocates nothing.</summary>
internal sealed class BlockScratch
{
    public AlignedMatrix Coefficients { get; } = new(0, 0);

    public AlignedMatrix Q { get; } = new(0, 0);

    public AlignedMatrix ResidualProducts { get; } = new(0, 0);

    public AlignedMatrix TargetProducts { get; } = new(0, 0);

    public AlignedMatrix Solution { get; } = new(0, 0);

    public AlignedMatrix Rows { get; } = new(0, 0);

    public AlignedMatrix Errors { get; } = new(0, 0);

    /// <summary>Columns <paramref name="support"/> of <paramref name="source"/>: the matrix itself when all are in play.</summary>
    public AlignedMatrix SelectColumns(AlignedMatrix source, SupportSet support)
    {
        if (support.IsFull)
        {
            return source;
        }

        Coefficients.Reshape(source.Rows, support.Count);
        int[] indices = support.Indices;
        for (int i = 0; i < source.Rows; i++)
        {
            ReadOnlySpan<double> from = source.Row(i);
            Span<double> to = Coefficients.Row(i);
            for (int a = 0; a < to.Length; a++)
            {
                to[a] = from[indices[a]];
            }
        }

        return Coefficients;
    }
}
