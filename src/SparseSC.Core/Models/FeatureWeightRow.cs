namespace SparseSC.Core.Models;

/// <summary>The weight of one feature.</summary>
public sealed class FeatureWeightRow
{
    /// <summary>The feature.</summary>
    public string Feature { get; set; } = "";

    /// <summary>Its weight v; 0 for a feature that is not matched on.</summary>
    public double Weight { get; set; }

    /// <summary>The treatment time whose fit it is a feature of; <c>null</c> outside of an effect.</summary>
    public string? TreatmentTime { get; set; }
}
