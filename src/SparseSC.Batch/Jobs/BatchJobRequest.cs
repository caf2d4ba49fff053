using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>How a job is to be started.</summary>
public sealed class BatchJobRequest
{
    /// <summary>The id; <c>null</c> takes up the plan's existing job, or makes an id when there is none.</summary>
    public string? JobId { get; set; }

    /// <summary>Whether the job goes on when the caller ends.</summary>
    public bool Detach { get; set; }

    /// <summary>Plan tasks that run together as one task of the job; <c>null</c> chooses from measured cost, for about a minute each.</summary>
    public int? TaskGroupSize { get; set; }

    /// <summary>Whether the final fit is made where the tasks run, so that only the model comes back.</summary>
    public bool MergeOnNode { get; set; }

    /// <summary>Refuses what a plan cannot do.</summary>
    /// <exception cref="InvalidInputException">A plan of effects is to be merged where its tasks run.</exception>
    internal void CheckFor(BatchPlan plan)
    {
        if (MergeOnNode && plan.Kind == PlanKind.Effects)
        {
            throw new InvalidInputException(
                "MergeOnNodeNotUsed",
                "{MergeOnNode} brings back a model and cannot be used with a plan of effects, whose estimate is made from the results here. Leave it out.",
                "MergeOnNode");
        }
    }
}
