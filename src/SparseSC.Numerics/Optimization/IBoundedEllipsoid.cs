namespace SparseSC.Numerics.Optimization;

/// <summary>Displacements d with d'Q d ≤ 2 g'd that keep to further bounds: how far a linear function of them can go.</summary>
/// <remarks>An object serves one thread; <c>d = 0</c> is always one of them.</remarks>
public interface IBoundedEllipsoid
{
    /// <summary>Sets g.</summary>
    void Pull(double[] pull);

    /// <summary>The largest p'd; <c>NaN</c> where it cannot be found, infinity where there is none.</summary>
    double Largest(double[] direction);
}
