using SparseSC.Core.Data;

namespace SparseSC.Batch.Plan;

/// <summary>One task of a plan: a fold, and the penalties it is scored at or the treatment time whose controls it holds out; or the choice between two stages.</summary>
public sealed class PlanTask
{
    /// <summary>Index from 0.</summary>
    public int Index { get; set; }

    /// <summary>Number of the stage it belongs to, from 1.</summary>
    public int Stage { get; set; } = 1;

    /// <summary>Whether it chooses a penalty from the scores of its stage, so that the next one can begin.</summary>
    public bool IsChoice { get; set; }

    /// <summary>Fold from 0; −1 for a task that chooses.</summary>
    public int Fold { get; set; }

    /// <summary>Indices of the penalties: one, or all in order when they depend on each other; none for effects and for a choice.</summary>
    public int[] PenaltyIndices { get; set; } = [];

    /// <summary>Effects: the treatment time the fold belongs to; else <c>null</c>.</summary>
    public string? TreatmentTime { get; set; }
}
