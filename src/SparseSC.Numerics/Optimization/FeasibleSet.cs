namespace SparseSC.Numerics.Optimization;

/// <summary>Where a search may go.</summary>
public enum FeasibleSet : long
{
    /// <summary>All coordinates at least 0.</summary>
    Orthant,

    /// <summary>All coordinates at least 0, their sum 1.</summary>
    Simplex,
}
