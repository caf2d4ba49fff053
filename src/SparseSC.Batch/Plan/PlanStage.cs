namespace SparseSC.Batch.Plan;

/// <summary>Tasks of a plan that can run at the same time.</summary>
/// <remarks>
/// A plan of several iterations has a stage for each. Which penalties a later stage tries follows from what was chosen in the one
/// before, by a task of its own; how many they are is known from the beginning.
/// </remarks>
public sealed class PlanStage
{
    /// <summary>Number from 1; of a fit, that of the iteration.</summary>
    public int Number { get; set; }

    /// <summary>Which penalty is varied: <c>v</c> or <c>w</c>; <c>null</c> when none is.</summary>
    public string? Varies { get; set; }

    /// <summary>Index of its first task.</summary>
    public int FirstTask { get; set; }

    /// <summary>Number of its tasks, the choosing one left out.</summary>
    public int Tasks { get; set; }

    /// <summary>Number of folds.</summary>
    public int Folds { get; set; }

    /// <summary>Number of penalties tried; 0 for effects.</summary>
    public int Penalties { get; set; }

    /// <summary>Index of the task that chooses a penalty for the next stage; <c>null</c> for the last one, from which merging chooses.</summary>
    public int? ChoosingTask { get; set; }
}

/// <summary>Consecutive tasks of a plan that need the same results of others: those of a stage, or the one that chooses.</summary>
/// <param name="First">Index of the first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct TaskRange(int First, int Count)
{
    public int End => First + Count;

    /// <summary>The steps of stages, in the order they have to run in.</summary>
    public static TaskRange[] Steps(IReadOnlyList<PlanStage> stages) =>
    [
        .. stages.SelectMany(stage => stage.ChoosingTask is int choosing
            ? new TaskRange[] { new(stage.FirstTask, stage.Tasks), new(choosing, 1) }
            : [new(stage.FirstTask, stage.Tasks)]),
    ];

    /// <summary>Whether some task belongs to an earlier step than another, which so has to wait for it.</summary>
    public static bool IsBefore(IReadOnlyList<TaskRange> steps, int earlier, int task) => steps.Any(step => earlier < step.End && task >= step.End);

    public bool Contains(int task) => task >= First && task < End;
}
