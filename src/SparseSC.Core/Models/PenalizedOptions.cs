namespace SparseSC.Core.Models;

/// <summary>Options of penalized synthetic control.</summary>
public sealed class PenalizedOptions
{
    /// <summary>The penalty λ on distances between a unit and its donors, 0 or more; <c>null</c> chooses it by predicting controls.</summary>
    public double? Penalty { get; set; }
}
