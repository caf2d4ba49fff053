using SparseSC.Azure.Jobs.Tasks;
using JobTaskState = SparseSC.Batch.Jobs.JobTaskState;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>The consequences of failed tasks for those that wait for them.</summary>
/// <param name="survey">The job.</param>
/// <param name="again">The tasks to run again.</param>
internal sealed class StagedRestart(JobSurvey survey, IReadOnlyCollection<RunTask> again)
{
    private readonly IReadOnlyList<int> _steps = survey.Record.Steps;

    /// <summary>
    /// Whether the service can take the tasks back into their run. A task whose wait is over does not wait again, so those that wait for
    /// each other have to go into a further run, and so do those of which others have been let go on already.
    /// </summary>
    public bool MayBeTakenBack => _steps.Count < 2
        || (again.Select(StepOf).Distinct().Count() == 1
            && !survey.Tasks.Any(task => StepOf(task) > StepOf(again.First()) && task.State != JobTaskState.Waiting));

    /// <summary>Tasks that wait for a choice that failed: they will fail where they are, and run again with it.</summary>
    public IEnumerable<RunTask> InVain => _steps.Count < 2 || !again.Any(task => StepOf(task) % 2 == 1)
        ? []
        : survey.Ledger.Current().Where(task =>
            !task.IsOver && StepOf(task) > again.Where(failed => StepOf(failed) % 2 == 1).Min(StepOf)
            && task.PlanTasks.Any(index => !survey.Ledger.IsDone(index) && survey.Ledger.LatestOf(index) == task));

    // A merge comes after everything, and waits for nothing that is run again in its own run alone.
    private int StepOf(RunTask task) => task.PlanTasks.Count == 0 ? 0 : GroupOrder.StepOf(_steps, task.PlanTasks[0]);
}
