namespace SparseSC.Core.Models;

/// <summary>Where the feature weights v live.</summary>
public enum WeightConstraint : long
{
    /// <summary>v ≥ 0 and Σv = 1.</summary>
    Simplex,

    /// <summary>v ≥ 0.</summary>
    Orthant,
}
