namespace SparseSC.Core.Plan;

/// <summary>One task of a plan: a fold and the penalties it is scored at.</summary>
public sealed class PlanTask
{
    /// <summary>Index from 0.</summary>
    public int Index { get; set; }

    /// <summary>Fold from 0.</summary>
    public int Fold { get; set; }

    /// <summary>Indices of the penalties: one, or all in order when they depend on each other.</summary>
    public int[] PenaltyIndices { get; set; } = [];
}
