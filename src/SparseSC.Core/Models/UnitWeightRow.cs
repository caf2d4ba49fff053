namespace SparseSC.Core.Models;

/// <summary>The weight of one donor in one unit's synthetic control.</summary>
public sealed class UnitWeightRow
{
    /// <summary>The unit whose synthetic control it is.</summary>
    public string Unit { get; set; } = "";

    /// <summary>The donor.</summary>
    public string Donor { get; set; } = "";

    /// <summary>The donor's weight; weights of one unit need not sum to one.</summary>
    public double Weight { get; set; }
}
