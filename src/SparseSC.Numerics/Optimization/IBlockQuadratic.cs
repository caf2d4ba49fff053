namespace SparseSC.Numerics.Optimization;

/// <summary>A convex quadratic function ½w'Gw + c'w of many weights, whose matrix is never formed as a whole.</summary>
public interface IBlockQuadratic
{
    /// <summary>The number of weights.</summary>
    int Count { get; }

    /// <summary>Writes Gw + c.</summary>
    /// <param name="weights">w.</param>
    /// <param name="gradient">Where to; all of it is overwritten.</param>
    void Gradient(ReadOnlySpan<double> weights, Span<double> gradient);

    /// <summary>An entry of G.</summary>
    double Curvature(int row, int column);
}
