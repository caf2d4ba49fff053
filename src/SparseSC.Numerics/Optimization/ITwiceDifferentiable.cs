using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>An objective that also knows its second derivatives.</summary>
public interface ITwiceDifferentiable : IObjective
{
    /// <summary>
    /// Writes the second derivatives at <paramref name="point"/> among the coordinates <paramref name="coordinates"/>
    /// into <paramref name="hessian"/> (as many rows and columns, in that order).
    /// </summary>
    void Hessian(ReadOnlySpan<double> point, ReadOnlySpan<int> coordinates, AlignedMatrix hessian);
}
