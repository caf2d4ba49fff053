using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>A task in one run of a job.</summary>
/// <param name="Run">The run's number, from 1.</param>
/// <param name="BatchJobId">The run's id as a job of the service.</param>
/// <param name="Task">The task as the service tells of it.</param>
/// <param name="PlanTasks">The plan's tasks it computes; empty for a merge.</param>
internal sealed record RunTask(int Run, string BatchJobId, BatchTask Task, IReadOnlyList<int> PlanTasks)
{
    /// <summary>Whether the container of its results is gone, so that nobody has what it computed.</summary>
    public bool IsLost { get; init; }

    public string Id => Task.Id;

    public bool IsMerge => Id == JobLayout.MergeTask;

    public bool IsOver => Task.State == BatchTaskState.Completed;

    public bool Succeeded => IsOver && !IsLost && Task.ExecutionInfo?.Result == BatchTaskExecutionResult.Success;

    public bool Failed => IsOver && !Succeeded;

    public JobTaskState State => Task.State switch
    {
        BatchTaskState.Completed => Succeeded ? JobTaskState.Completed : JobTaskState.Failed,
        BatchTaskState.Running or BatchTaskState.Preparing => JobTaskState.Running,
        _ => JobTaskState.Waiting,
    };

    /// <summary>Reads the plan's tasks from the task's display name.</summary>
    /// <param name="run">The run's number.</param>
    /// <param name="batchJobId">The run's id.</param>
    /// <param name="task">The task, with its display name.</param>
    /// <param name="tasks">Tasks of the plan.</param>
    public static RunTask Of(int run, string batchJobId, BatchTask task, int tasks) => new(run, batchJobId, task, PlanTasksOf(task, tasks));

    // A task that somebody else added to the job computes nothing of ours, and hides nothing of ours either.
    private static int[] PlanTasksOf(BatchTask task, int tasks) =>
        task.Id == JobLayout.MergeTask ? [] : IndexRanges.TryParse(task.DisplayName ?? "", tasks) ?? [];
}
