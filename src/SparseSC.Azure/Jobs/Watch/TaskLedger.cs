using JobTaskState = SparseSC.Batch.Jobs.JobTaskState;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>The state of every task of a plan, over all runs of a job.</summary>
/// <remarks>
/// A plan's task stands where the latest run that has it stands, and so is counted once, however often it ran. A later run has it only
/// because its result was not there, or was refused, when that run was started.
/// </remarks>
internal sealed class TaskLedger
{
    private readonly RunTask?[] _latest;
    private readonly bool[] _done;
    private readonly IReadOnlyList<RunTask> _tasks;
    private readonly Dictionary<string, string> _names = [];

    /// <param name="planTasks">Tasks of the plan.</param>
    /// <param name="doneBefore">Those that were done before the first run.</param>
    /// <param name="tasks">The tasks of all runs, earlier runs first.</param>
    /// <param name="computed">Plan's tasks that are done beside those of tasks that succeeded: the others of a group in which one failed.</param>
    public TaskLedger(int planTasks, IEnumerable<int> doneBefore, IReadOnlyList<RunTask> tasks, IEnumerable<int> computed)
    {
        _tasks = tasks;
        _latest = new RunTask?[planTasks];
        _done = new bool[planTasks];
        foreach (int index in doneBefore.Concat(computed).Where(index => index >= 0 && index < planTasks))
        {
            _done[index] = true;
        }

        foreach (RunTask task in tasks)
        {
            _names.TryAdd(WorkOf(task), task.Run == 1 || task.IsMerge ? task.Id : $"r{task.Run}-{task.Id}");
            foreach (int index in task.PlanTasks)
            {
                _latest[index] = task;
            }
        }

        for (int index = 0; index < planTasks; index++)
        {
            _done[index] |= _latest[index]?.Succeeded == true;
        }
    }

    /// <summary>Plan's tasks with a result.</summary>
    public int Done => _done.Count(done => done);

    /// <summary>Plan's tasks that are in a group that runs.</summary>
    public int Running => Count(task => task.State == JobTaskState.Running);

    /// <summary>Plan's tasks without a result whose last run is over.</summary>
    public int Failed => Count(task => task.Failed);

    /// <summary>Plan's tasks that wait in a queue.</summary>
    public int Waiting => Count(task => task.State == JobTaskState.Waiting);

    /// <summary>Plan's tasks without a result that are in no run.</summary>
    public int Unassigned => Enumerable.Range(0, _done.Length).Count(index => !_done[index] && _latest[index] is null);

    /// <summary>Plan's tasks without a result.</summary>
    public int Left => _done.Length - Done;

    /// <summary>Whether a plan's task has a result.</summary>
    public bool IsDone(int index) => _done[index];

    /// <summary>The latest task that has a plan's task; <c>null</c> when none has.</summary>
    public RunTask? LatestOf(int index) => _latest[index];

    /// <summary>Tasks that failed and have something left to do: plan's tasks without a result, or the merge.</summary>
    public IEnumerable<RunTask> FailedTasks => Current().Where(task => task.Failed && IsOpen(task));

    /// <summary>The task that merges, in its latest run; <c>null</c> when there is none.</summary>
    public RunTask? Merge => _tasks.LastOrDefault(task => task.IsMerge);

    /// <summary>The tasks in order of their names, each as in its latest run. One that failed and whose work later tasks took over is left out.</summary>
    public IEnumerable<RunTask> Current()
    {
        Dictionary<string, RunTask> latest = [];
        foreach (RunTask task in _tasks)
        {
            latest[NameOf(task)] = task;
        }

        return latest
            .Where(pair => pair.Value.Succeeded || pair.Value.PlanTasks.Count == 0 || IsShown(pair.Value))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value);
    }

    /// <summary>The name that a task keeps for the life of the job.</summary>
    /// <remarks>
    /// Runs number their groups anew. The same work keeps the name of its first run; work that is cut otherwise by a later run is
    /// named after that run too, as in <c>r2-group-000000</c>.
    /// </remarks>
    public string NameOf(RunTask task) => _names[WorkOf(task)];

    /// <summary>The runs of a task, the latest last; none when there is no such task.</summary>
    public IReadOnlyList<RunTask> RunsOf(string name) => [.. _tasks.Where(task => NameOf(task).Equals(name, StringComparison.OrdinalIgnoreCase))];

    // Of a group that failed only what is still its own counts: results beside the failure are there, and the rest may be another task's by now.
    private bool IsShown(RunTask task) => task.PlanTasks.Any(index => _latest[index] == task && (!task.Failed || !_done[index]));

    private static string WorkOf(RunTask task) => task.PlanTasks.Count > 0 ? task.Task.DisplayName! : task.Id;

    private bool IsOpen(RunTask task) => task.IsMerge || task.PlanTasks.Any(index => !_done[index] && _latest[index] == task);

    private int Count(Func<RunTask, bool> condition) =>
        Enumerable.Range(0, _done.Length).Count(index => !_done[index] && _latest[index] is { } task && condition(task));
}
