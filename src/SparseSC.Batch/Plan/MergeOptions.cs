using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>How the results of a plan are merged.</summary>
public sealed class MergeOptions
{
    /// <summary>Replaces the plan's choice of the penalty.</summary>
    public PenaltyChoice? Choice { get; set; }

    /// <summary>Replaces both: scores to index.</summary>
    public Func<IReadOnlyList<double>, int>? ChoiceCallback { get; set; }

    /// <summary>Whether to make the N×C matrix of unit weights; <c>null</c> as the plan says.</summary>
    public bool? KeepWeights { get; set; }

    /// <summary>Whether to merge an incomplete set: penalties that lack a fold are left out, and the model says so.</summary>
    public bool AllowPartial { get; set; }

    /// <summary>Threads; 0 means one per processor.</summary>
    public int MaxDegreeOfParallelism { get; set; }

    /// <summary>Whether a model made by the plan's own rules is what is asked for.</summary>
    internal bool IsAsPlanned => Choice is null && ChoiceCallback is null && KeepWeights is not true;
}
