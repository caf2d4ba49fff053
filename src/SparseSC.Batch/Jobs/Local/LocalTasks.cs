using System.Globalization;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Shows the tasks of a plan as tasks of a job on this machine.</summary>
internal sealed class LocalTasks(string jobId, BatchPlan plan, LocalBatchConfig config)
{
    private const string Prefix = "task-";

    public IEnumerable<JobTask> All()
    {
        PlanStatus status = plan.GetStatus();
        HashSet<int> done = [.. status.Done];
        Dictionary<int, TaskFailure> failed = status.Failed.ToDictionary(failure => failure.Task);
        for (int index = 0; index < plan.Tasks; index++)
        {
            PlanTask task = plan.GetTask(index);
            yield return new JobTask
            {
                JobId = jobId,
                Id = NameOf(index),
                State = done.Contains(index) ? JobTaskState.Completed
                    : failed.ContainsKey(index) ? JobTaskState.Failed
                    : TaskClaim.IsTaken(plan.Directory, index) ? JobTaskState.Running
                    : JobTaskState.Waiting,
                PlanTasks = index.ToString(CultureInfo.InvariantCulture),
                Folds = task.IsChoice ? [] : [task.Fold],
                Penalties = task.PenaltyIndices,
                Node = Environment.MachineName,
                Diagnosis = failed.GetValueOrDefault(index)?.Message ?? "",
                Config = config,
            };
        }
    }

    /// <summary>The plan's task that a name stands for.</summary>
    public int IndexOf(string taskId) =>
        taskId.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(taskId.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        && index < plan.Tasks
            ? index
            : throw new BatchJobException(
                ErrorIds.TaskNotFound, $"Job '{jobId}' has no task '{taskId}'. Its tasks are '{NameOf(0)}' to '{NameOf(plan.Tasks - 1)}'.", jobId);

    /// <summary>The task's own last words: workers share their logs among all tasks.</summary>
    public JobTaskOutput OutputOf(string taskId)
    {
        int index = IndexOf(taskId);
        TaskFailure? failure = plan.GetStatus().Failed.FirstOrDefault(candidate => candidate.Task == index);
        return new JobTaskOutput { JobId = jobId, TaskId = taskId, StandardError = failure?.Message ?? "" };
    }

    /// <summary>Forgets failures, so that the tasks count as missing and no more as failed.</summary>
    public void Forget(IReadOnlyCollection<string>? taskIds)
    {
        HashSet<int> failed = [.. plan.GetStatus().Failed.Select(failure => failure.Task)];
        int[] wanted = taskIds is null ? [.. failed] : [.. taskIds.Select(IndexOf)];
        foreach (int index in wanted)
        {
            if (!failed.Contains(index))
            {
                throw new BatchJobException(ErrorIds.TaskNotFailed, $"Task '{NameOf(index)}' of job '{jobId}' did not fail; only failed tasks can be run again.", jobId);
            }
        }

        plan.ForgetFailures(wanted);
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{index:D6}");
}
