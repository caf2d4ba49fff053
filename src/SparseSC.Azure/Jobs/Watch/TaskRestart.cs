using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Runs failed tasks again: in their run while it goes on, else in a further run of the job.</summary>
/// <remarks>
/// A run that has ended takes no tasks any more. One that goes on takes them back, but with the addresses they were defined with, so
/// a task goes to a further run, too, when those may have run out.
/// </remarks>
internal sealed class TaskRestart(AzureServices services, FurtherRun further)
{
    // Of the time for which addresses are good; the rest has to suffice for the task to run.
    private const double StillGood = 0.5;

    private readonly JobSurveyor _surveyor = new(services);
    private readonly TaskLogs _logs = new(services);

    /// <summary>Runs the named tasks again, or all that failed, and returns the record as it is then.</summary>
    /// <param name="record">The job.</param>
    /// <param name="taskIds">The tasks; <c>null</c> for all that failed.</param>
    /// <param name="vmSize">The size of machines in a pool of their own; <c>null</c> for the pool of the settings.</param>
    /// <param name="cancellationToken">Stops between two tasks.</param>
    public async Task<JobRecord> RestartAsync(JobRecord record, IReadOnlyCollection<string>? taskIds, string? vmSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        JobSurvey survey = await _surveyor.FindJobsAsync(record, full: true, cancellationToken).ConfigureAwait(false);
        List<RunTask> again = taskIds is null ? [.. survey.Ledger.FailedTasks] : Named(survey, taskIds);
        if (again.Count == 0)
        {
            services.Steps.Detail($"No task of the job '{record.Id}' has failed.");
            return record;
        }

        StagedRestart staged = new(survey, again);
        again = [.. again, .. staged.InVain];
        List<RunTask> left = [];
        foreach (RunTask task in again)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (vmSize is not null || !staged.MayBeTakenBack || !IsTakenBack(survey, task) || !await TryReactivateAsync(record, task, cancellationToken).ConfigureAwait(false))
            {
                left.Add(task);
            }
        }

        int back = again.Count - left.Count;
        if (back > 0)
        {
            services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"{back} tasks of the job '{record.Id}' run again; what they wrote before is kept."));
        }

        return left.Count == 0 ? record : await further.StartAsync(survey, left, vmSize, cancellationToken).ConfigureAwait(false);
    }

    private static List<RunTask> Named(JobSurvey survey, IReadOnlyCollection<string> taskIds)
    {
        HashSet<RunTask> failed = [.. survey.Ledger.FailedTasks];
        List<RunTask> named = [];
        foreach (string id in taskIds.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            IReadOnlyList<RunTask> runs = survey.Ledger.RunsOf(id);
            if (runs.Count == 0)
            {
                throw JobObserver.TaskNotFound(survey.Record.Id, id);
            }

            named.Add(failed.Contains(runs[^1]) ? runs[^1] : throw new BatchJobException(
                ErrorIds.TaskNotFailed, $"Task '{id}' of job '{survey.Record.Id}' did not fail; only failed tasks can be run again.", survey.Record.Id));
        }

        return named;
    }

    // A run in which nothing goes on any more is about to be ended by the service.
    private bool IsTakenBack(JobSurvey survey, RunTask task)
    {
        BatchJob? run = survey.Runs[task.Run - 1];
        return run is { State: BatchJobState.Active }
            && survey.Tasks.Any(other => other.Run == task.Run && !other.IsOver)
            && !TaskDiagnosis.IsAccessLost(task.Task)
            && services.Time.GetUtcNow() - run.CreationTime < services.Config.StorageAccessDuration * StillGood;
    }

    private async Task<bool> TryReactivateAsync(JobRecord record, RunTask task, CancellationToken cancellationToken)
    {
        await _logs.KeepAsync(record, task, cancellationToken).ConfigureAwait(false);
        return await BatchCall.RunAsync(
            $"run the task '{task.Id}' again",
            async () =>
            {
                try
                {
                    await services.Batch.Tasks.ReactivateAsync(task.BatchJobId, task.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
                    return true;
                }
                catch (global::Azure.RequestFailedException error) when (error.ErrorCode == "TaskNotCompleted")
                {
                    // An attempt whose answer was lost has brought it back.
                    return true;
                }
                catch (global::Azure.RequestFailedException error) when (error.ErrorCode is "JobCompleted" or "JobTerminating" or "JobBeingTerminated" or "JobBeingDeleted" or "JobNotFound" or "TaskNotFound")
                {
                    return false;
                }
            },
            cancellationToken,
            record.Id).ConfigureAwait(false);
    }
}
