namespace SparseSC.Core.Models;

/// <summary>Options of classic synthetic control with weights of predictors.</summary>
public sealed class ClassicOptions
{
    /// <summary>Weights of the predictors, one each, in any scale; <c>null</c> searches those that match outcomes best.</summary>
    public double[]? V { get; set; }

    /// <summary>
    /// The time at which pre-periods are split: weights of predictors are those with which predictors before it match outcomes from it on best, and weights of donors are then found by
    /// predictors from it on. <c>null</c> does not split.
    /// </summary>
    public string? ValidationFrom { get; set; }
}
