using SparseSC.Core.Fitting;

namespace SparseSC.Batch.Plan;

/// <summary>One iteration of a fit as tasks: every fold at every penalty, fold by fold, then the task that chooses.</summary>
/// <param name="Index">The iteration, from 0.</param>
/// <param name="Varies">Which penalty is varied.</param>
/// <param name="Penalties">Number of penalties.</param>
/// <param name="PenaltiesPerTask">Penalties a task tries: one, or all when each depends on the one before.</param>
/// <param name="Folds">Number of folds.</param>
/// <param name="FirstTask">Index of the first task.</param>
/// <param name="IsLast">Whether no stage follows, so that nothing has to be chosen before merging.</param>
internal sealed record FitStage(int Index, PenaltyAxis Varies, int Penalties, int PenaltiesPerTask, int Folds, int FirstTask, bool IsLast)
{
    private int PerFold => Penalties / PenaltiesPerTask;

    public int Tasks => Folds * PerFold;

    public int? ChoosingTask => IsLast ? null : FirstTask + Tasks;

    /// <summary>The index after its last task.</summary>
    public int End => FirstTask + Tasks + (IsLast ? 0 : 1);

    public static FitStage[] Of(PlanParameters plan)
    {
        FitStage[] stages = new FitStage[plan.PlannedIterations];
        bool isSequential = CrossValidation.IsSequential(plan.Options);
        for (int i = 0; i < stages.Length; i++)
        {
            (PenaltyAxis varies, int penalties) = i == 0 ? (plan.Varies, plan.Penalties) : PenaltySchedule.Shape(plan.FitOptions, i);
            stages[i] = new FitStage(i, varies, penalties, isSequential ? penalties : 1, plan.Folds.Count, i == 0 ? 0 : stages[i - 1].End, i == stages.Length - 1);
        }

        return stages;
    }

    public PlanTask Task(int index)
    {
        PlanTask task = new() { Index = index, Stage = Index + 1 };
        if (index == ChoosingTask)
        {
            (task.IsChoice, task.Fold) = (true, -1);
            return task;
        }

        int place = index - FirstTask;
        task.Fold = place / PerFold;
        task.PenaltyIndices = PenaltiesPerTask == 1 ? [place % PerFold] : [.. Enumerable.Range(0, Penalties)];
        return task;
    }

    public PlanStage Describe() => new()
    {
        Number = Index + 1,
        Varies = Varies switch { PenaltyAxis.V => "v", PenaltyAxis.W => "w", _ => null },
        FirstTask = FirstTask,
        Tasks = Tasks,
        Folds = Folds,
        Penalties = Penalties,
        ChoosingTask = ChoosingTask,
    };
}
