namespace SparseSC.Numerics.Optimization;

/// <summary>The set of points that a search may go to.</summary>
public enum FeasibleSet : long
{
    /// <summary>All coordinates at least 0.</summary>
    Orthant,

    /// <summary>All coordinates at least 0, their sum 1.</summary>
    Simplex,
}
