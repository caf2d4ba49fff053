namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Diagnoses tasks, with the worker's own words where it is the worker that failed.</summary>
internal sealed class TaskExplanation(AzureServices services)
{
    private readonly TaskLogs _logs = new(services);

    /// <summary>The reason why a task failed, or does not get on, in words; empty when all is well.</summary>
    public async Task<string> DescribeAsync(JobSurvey survey, RunTask task, CancellationToken cancellationToken)
    {
        if (task.IsLost)
        {
            return $"Its result is gone: the container '{survey.Record.FindRun(task.BatchJobId)?.Container}' does not exist any more.";
        }

        string? said = task.Failed ? await SaidAsync(survey, task, cancellationToken).ConfigureAwait(false) : null;
        return TaskDiagnosis.Describe(task.Task, said, task.IsMerge && !task.IsOver ? FailedBefore(survey, task) : null);
    }

    private static string[] FailedBefore(JobSurvey survey, RunTask merge) =>
        [.. survey.Ledger.FailedTasks.Where(task => task.BatchJobId == merge.BatchJobId && !task.IsMerge).Select(survey.Ledger.NameOf)];

    private async Task<string?> SaidAsync(JobSurvey survey, RunTask task, CancellationToken cancellationToken)
    {
        if (!TaskDiagnosis.IsWorkerFailure(task.Task))
        {
            return null;
        }

        return survey.NoteOf(task)?.Failures is { Count: > 0 } failures
            ? $"task {failures[0].Task}: {failures[0].Message}{(failures.Count == 1 ? "" : $" ({failures.Count - 1} more failed)")}"
            : await _logs.WordsOfAsync(survey.Record, task, cancellationToken).ConfigureAwait(false);
    }
}
