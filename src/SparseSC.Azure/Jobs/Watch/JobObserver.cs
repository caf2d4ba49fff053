using System.Runtime.CompilerServices;
using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using BatchJob = SparseSC.Batch.Jobs.BatchJob;
using BatchJobState = SparseSC.Azure.Batch.BatchJobState;
using JobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Looks at jobs and tasks on Azure Batch.</summary>
internal sealed class JobObserver(AzureServices services)
{
    private const int DiagnosedAtOnce = 16;

    private readonly JobSurveyor _surveyor = new(services);
    private readonly TaskLogs _logs = new(services);
    private readonly PlanLookup _plans = new(services);
    private readonly TaskExplanation _words = new(services);
    private readonly IdlePool _idle = new(services);

    /// <summary>A job as it stands.</summary>
    public async Task<BatchJob> FindJobsAsync(JobRecord record, CancellationToken cancellationToken)
    {
        IReadOnlyList<Batch.BatchJob?> runs = await _surveyor.RunsAsync(record, cancellationToken).ConfigureAwait(false);
        if (await IsPerfectAsync(record, runs, cancellationToken).ConfigureAwait(false))
        {
            BatchJob perfect = Describe(record, runs, JobState.Completed, "");
            perfect.Done = record.Tasks;
            return await WithIdlePoolAsync(perfect, record, cancellationToken).ConfigureAwait(false);
        }

        JobSurvey survey = await _surveyor.FindJobsAsync(record, full: false, cancellationToken, runs).ConfigureAwait(false);
        PoolSnapshot? pool = await PoolAsync(survey, cancellationToken).ConfigureAwait(false);
        TaskLedger ledger = survey.Ledger;
        JobVerdict verdict = JobJudge.Judge(new JobEvidence
        {
            Record = record,
            Runs = runs,
            Ledger = ledger,
            Pool = pool is null ? null : PoolDiagnosis.Of(pool, survey.Tasks.Any(task => task.State == JobTaskState.Running), services.Time.GetUtcNow()),
            FirstFailure = await FirstFailureAsync(survey, cancellationToken).ConfigureAwait(false),
        });
        BatchJob job = Describe(record, runs, verdict.State, verdict.Message);
        job.Done = ledger.Done;
        job.Failed = ledger.Failed;
        job.Running = job.State == SparseSC.Batch.Jobs.BatchJobState.Running ? ledger.Running : 0;
        job.NeedsAttention = verdict.NeedsAttention;
        job.Nodes = pool is { Counts: not null } ? pool.Usable : null;
        return await WithIdlePoolAsync(job, record, cancellationToken).ConfigureAwait(false);
    }

    // Where something failed, the next thing is to run it again, for which the pool is wanted.
    private async Task<BatchJob> WithIdlePoolAsync(BatchJob job, JobRecord record, CancellationToken cancellationToken)
    {
        if (job.State is JobState.Completed or JobState.Stopped
            && await _idle.DescribeAsync(record, cancellationToken).ConfigureAwait(false) is { Length: > 0 } idle)
        {
            job.Message = $"{job.Message} {idle}".TrimStart();
            job.NeedsAttention = true;
        }

        return job;
    }

    /// <summary>Every job on record, the newest first.</summary>
    public async IAsyncEnumerable<BatchJob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<JobRecord> all = [];
        await foreach (JobRecord record in services.Records.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(record);
        }

        foreach (JobRecord record in all.OrderByDescending(record => record.Created).ThenByDescending(record => record.Id, StringComparer.Ordinal))
        {
            yield return await LookQuietlyAsync(record, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The tasks of a job over all its runs, in order of their ids; of a task that ran in several runs, the latest.</summary>
    public async IAsyncEnumerable<JobTask> ListTasksAsync(JobRecord record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BatchPlan? plan = await _plans.FindAsync(record, cancellationToken).ConfigureAwait(false);
        JobSurvey survey = await _surveyor.FindJobsAsync(record, full: true, cancellationToken).ConfigureAwait(false);
        foreach (RunTask[] several in survey.Ledger.Current().Chunk(DiagnosedAtOnce))
        {
            foreach (JobTask task in await Task.WhenAll(several.Select(task => ShowAsync(survey, plan, task, cancellationToken))).ConfigureAwait(false))
            {
                yield return task;
            }
        }
    }

    /// <summary>The output of the runs of a task, the latest last.</summary>
    public async IAsyncEnumerable<JobTaskOutput> ReadOutputAsync(
        JobRecord record, string taskId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taskId);
        JobSurvey survey = await _surveyor.FindJobsAsync(record, full: false, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunTask> runs = survey.Ledger.RunsOf(taskId);
        List<TaskLog> logs = [];
        int ofLatest = 0;
        for (int i = 0; i < record.Runs.Count; i++)
        {
            if (survey.Runs[i] is null)
            {
                logs.AddRange(await _logs.LeftByAsync(record, record.Runs[i].Id, taskId, cancellationToken).ConfigureAwait(false));
            }

            foreach (RunTask task in runs.Where(task => task.Run == i + 1))
            {
                IReadOnlyList<TaskLog> own = await _logs.AllOfAsync(record, task, task == runs[^1], cancellationToken).ConfigureAwait(false);
                ofLatest = own.Count(log => log.StandardOutput.Length + log.StandardError.Length > 0);
                logs.AddRange(own);
            }
        }

        if (logs.Count == 0 && runs.Count == 0)
        {
            throw TaskNotFound(record.Id, taskId);
        }

        string note = runs.Count == 0 ? "" : AttemptLogs.Note(
            await _surveyor.Reader.FindTaskAsync(runs[^1].BatchJobId, runs[^1].Id, cancellationToken).ConfigureAwait(false) ?? runs[^1].Task, ofLatest);
        if (logs.Count == 0 && note.Length > 0)
        {
            logs.Add(new TaskLog("", ""));
        }

        for (int i = 0; i < logs.Count; i++)
        {
            yield return new JobTaskOutput
            {
                JobId = record.Id,
                TaskId = taskId,
                Run = i + 1,
                IsLatest = i == logs.Count - 1,
                Note = i == logs.Count - 1 ? note : "",
                StandardOutput = logs[i].StandardOutput,
                StandardError = logs[i].StandardError,
            };
        }
    }

    internal static BatchJobException TaskNotFound(string jobId, string taskId) => new(
        ErrorIds.TaskNotFound, $"Job '{jobId}' has no task '{taskId}'. List its tasks to see their ids.", jobId);

    // A record that names what cannot be, such as a container of that name, must not hide the others.
    private async Task<BatchJob> LookQuietlyAsync(JobRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await FindJobsAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidInputException error)
        {
            return Describe(record, [], JobState.Interrupted, error.Message);
        }
    }

    // The common case of a finished job is told by two requests instead of a page for every thousand tasks.
    private async Task<bool> IsPerfectAsync(JobRecord record, IReadOnlyList<Batch.BatchJob?> runs, CancellationToken cancellationToken)
    {
        if (record.Submitting is not null || runs is not [{ State: BatchJobState.Completed, ExecutionInfo.TerminateReason: "AllTasksCompleted" } run])
        {
            return false;
        }

        BatchTaskCounts counts = await _surveyor.Reader.CountTasksAsync(run.Id, cancellationToken).ConfigureAwait(false);
        return counts is { Active: 0, Running: 0, Failed: 0, Succeeded: > 0 }
            && counts.Succeeded == counts.Completed
            && (record.ResultsRemoved is not null || await services.OutputsOf(record.Runs[0]).ExistsAsync(cancellationToken).ConfigureAwait(false));
    }

    private BatchJob Describe(JobRecord record, IReadOnlyList<Batch.BatchJob?> runs, JobState state, string message)
    {
        Batch.BatchJob? last = runs.Count == 0 ? null : runs[^1];
        return new BatchJob
        {
            Id = record.Id,
            State = state,
            BatchDirectory = record.BatchDirectory,
            PlanHash = record.PlanHash,
            Tasks = record.Tasks,
            Created = record.Created,
            Ended = state == SparseSC.Batch.Jobs.BatchJobState.Running ? null : last?.ExecutionInfo?.EndTime ?? record.Stopped,
            PoolId = record.PoolId ?? last?.ExecutionInfo?.PoolId,
            ContainerName = record.Runs.Count == 0 ? null : record.Runs[^1].Container,
            Message = message,
            Config = services.Config,
        };
    }

    private async Task<PoolSnapshot?> PoolAsync(JobSurvey survey, CancellationToken cancellationToken)
    {
        bool runs = survey.Tasks.Any(task => task.State == JobTaskState.Running);
        if (survey.Live is not { State: BatchJobState.Active or BatchJobState.Enabling } live || survey.Tasks.All(task => task.IsOver))
        {
            return null;
        }

        string? poolId = live.ExecutionInfo?.PoolId ?? live.PoolInfo?.PoolId ?? survey.Record.PoolId;
        return poolId is null ? null : await _surveyor.Reader.LookAtPoolAsync(poolId, live, runs, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> FirstFailureAsync(JobSurvey survey, CancellationToken cancellationToken)
    {
        if (survey.Ledger.Running + survey.Ledger.Waiting > 0 || survey.Ledger.FailedTasks.Where(task => !task.IsMerge).MinBy(task => task.PlanTasks[0]) is not { } failed)
        {
            return "";
        }

        BatchTask task = await _surveyor.Reader.FindTaskAsync(failed.BatchJobId, failed.Id, cancellationToken).ConfigureAwait(false) ?? failed.Task;
        string words = await _words.DescribeAsync(survey, failed with { Task = task }, cancellationToken).ConfigureAwait(false);
        return $"Task '{survey.Ledger.NameOf(failed)}': {words}";
    }

    private async Task<JobTask> ShowAsync(JobSurvey survey, BatchPlan? plan, RunTask task, CancellationToken cancellationToken)
    {
        BatchTaskExecutionInfo ran = task.Task.ExecutionInfo ?? new BatchTaskExecutionInfo();
        PlanTask[] planTasks = plan is null ? [] : [.. task.PlanTasks.Select(plan.GetTask)];
        DateTimeOffset end = ran.EndTime ?? services.Time.GetUtcNow();
        return new JobTask
        {
            JobId = survey.Record.Id,
            Id = survey.Ledger.NameOf(task),
            State = task.State,
            PlanTasks = task.PlanTasks.Count == 0 ? "" : task.Task.DisplayName!,
            Folds = [.. planTasks.Where(planTask => !planTask.IsChoice).Select(planTask => planTask.Fold).Distinct().Order()],
            Penalties = [.. planTasks.SelectMany(planTask => planTask.PenaltyIndices).Distinct().Order()],
            Node = task.Task.NodeInfo?.NodeId,
            ExitCode = ran.ExitCode,
            Started = ran.StartTime,
            Ended = ran.EndTime,
            Duration = ran.StartTime is not { } start ? null : end > start ? end - start : TimeSpan.Zero,
            Retries = ran.RetryCount ?? 0,
            Requeues = ran.RequeueCount ?? 0,
            Diagnosis = await _words.DescribeAsync(survey, task, cancellationToken).ConfigureAwait(false),
            Config = services.Config,
        };
    }
}
