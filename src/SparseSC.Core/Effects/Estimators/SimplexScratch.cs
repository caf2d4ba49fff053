using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Memory of one thread that solves for simplex weights of unit after unit.</summary>
internal sealed class SimplexScratch
{
    /// <summary>K×n: donors less the unit.</summary>
    public AlignedMatrix Differences { get; } = new(1, 1);

    public SimplexLeastSquares Solver { get; } = new();
}
