using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>Scratch memory for second derivatives, shared by the blocks of one evaluator.</summary>
internal sealed class HessianScratch
{
    public AlignedMatrix Gram { get; } = new(0, 0);

    public AlignedMatrix Phi { get; } = new(0, 0);

    public AlignedMatrix Outer { get; } = new(0, 0);

    public AlignedMatrix Cross { get; } = new(0, 0);

    public AlignedMatrix Q { get; } = new(0, 0);

    public AlignedMatrix Products { get; } = new(0, 0);

    public AlignedMatrix Solved { get; } = new(0, 0);

    public AlignedMatrix Selected { get; } = new(0, 0);

    public AlignedMatrix Coefficients { get; } = new(0, 0);

    public AlignedMatrix Residuals { get; } = new(0, 0);

    /// <summary>Copies the rows <paramref name="indices"/>.</summary>
    public static void SelectRows(AlignedMatrix source, ReadOnlySpan<int> indices, int columns, AlignedMatrix target)
    {
        target.Reshape(indices.Length, columns);
        for (int a = 0; a < indices.Length; a++)
        {
            source.Row(indices[a])[..columns].CopyTo(target.Row(a));
        }
    }
}
