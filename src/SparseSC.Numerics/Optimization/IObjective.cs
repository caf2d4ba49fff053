namespace SparseSC.Numerics.Optimization;

/// <summary>A smooth function of a non-negative vector, with its gradient.</summary>
public interface IObjective
{
    /// <summary>The length of the vector.</summary>
    int Dimension { get; }

    /// <summary>The value at <paramref name="point"/>.</summary>
    double Value(ReadOnlySpan<double> point);

    /// <summary>Writes the gradient at <paramref name="point"/>.</summary>
    void Gradient(ReadOnlySpan<double> point, Span<double> gradient);
}
