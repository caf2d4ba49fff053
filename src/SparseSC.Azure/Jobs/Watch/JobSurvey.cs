using SparseSC.Azure.Batch;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>A job's runs and tasks as they were seen.</summary>
internal sealed record JobSurvey
{
    public required JobRecord Record { get; init; }

    /// <summary>The runs as jobs of the service, in the order of the record; <c>null</c> for one that is gone.</summary>
    public required IReadOnlyList<BatchJob?> Runs { get; init; }

    /// <summary>The tasks of all runs that are there, earlier runs first.</summary>
    public required IReadOnlyList<RunTask> Tasks { get; init; }

    public required TaskLedger Ledger { get; init; }

    /// <summary>The contents of result files, by the blob's name: those of tasks in which the worker failed, or all when a run is gone.</summary>
    public IReadOnlyDictionary<string, ResultNote> Notes { get; init; } = new Dictionary<string, ResultNote>();

    /// <summary>The latest run that has not ended; <c>null</c> when all have.</summary>
    public BatchJob? Live => Runs.LastOrDefault(JobJudge.IsLive);

    /// <summary>The contents of a task's result file; <c>null</c> when it was not looked into or is not there.</summary>
    public ResultNote? NoteOf(RunTask task) => Notes.GetValueOrDefault(JobLayout.ResultBlob(task.BatchJobId, task.Id));
}

/// <summary>Brings together what the service and the storage tell about a job.</summary>
internal sealed class JobSurveyor(AzureServices services)
{
    private readonly RunReader _reader = new(services);
    private readonly RunTasks _tasks = new(new RunReader(services));
    private readonly StoredResults _results = new(services);

    public RunReader Reader => _reader;

    /// <summary>The runs of a job, without their tasks.</summary>
    public async Task<IReadOnlyList<BatchJob?>> RunsAsync(JobRecord record, CancellationToken cancellationToken) =>
        await Task.WhenAll(record.Runs.Select(run => _reader.FindRunAsync(record, run.Id, cancellationToken))).ConfigureAwait(false);

    /// <summary>Looks at runs and tasks.</summary>
    /// <param name="record">The job.</param>
    /// <param name="full">Whether nodes and limits of tasks are wanted, too; then nothing that was seen before is relied on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="runs">The runs, when they were looked up already.</param>
    public async Task<JobSurvey> FindJobsAsync(JobRecord record, bool full, CancellationToken cancellationToken, IReadOnlyList<BatchJob?>? runs = null)
    {
        runs ??= await RunsAsync(record, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<string> lost = await LostAsync(record, runs, cancellationToken).ConfigureAwait(false);
        List<RunTask> tasks = [];
        for (int i = 0; i < runs.Count; i++)
        {
            if (runs[i] is { } run)
            {
                IReadOnlyCollection<BatchTask> listed = full
                    ? await _reader.ListTasksAsync(run.Id, full: true, since: null, cancellationToken).ConfigureAwait(false)
                    : await _tasks.ListAsync(run, cancellationToken).ConfigureAwait(false);
                tasks.AddRange(listed.Select(task => RunTask.Of(i + 1, run.Id, task, record.Tasks) with { IsLost = lost.Contains(run.Id) }));
            }
        }

        // Results from before the latest run lie in its container, too.
        bool isBeforeLost = record.Runs.Count > 0 && lost.Contains(record.Runs[^1].Id);
        int[] before = isBeforeLost ? [] : IndexRanges.TryParse(record.DoneBefore, record.Tasks) ?? [];
        TaskLedger ledger = new(record.Tasks, before, tasks, []);
        IReadOnlyDictionary<string, ResultNote> notes = await NotesAsync(record, runs, ledger, full, cancellationToken).ConfigureAwait(false);
        return new JobSurvey
        {
            Record = record,
            Runs = runs,
            Tasks = tasks,
            Ledger = notes.Count == 0 ? ledger : new TaskLedger(record.Tasks, before, tasks, notes.Values.SelectMany(note => note.Tasks)),
            Notes = notes,
        };
    }

    // While a run goes on its container is in use. Results that were removed on request had been received, or were not wanted.
    private async Task<IReadOnlySet<string>> LostAsync(JobRecord record, IReadOnlyList<BatchJob?> runs, CancellationToken cancellationToken)
    {
        HashSet<string> lost = [];
        if (record.ResultsRemoved is null && record.Submitting is null && !runs.Any(JobJudge.IsLive))
        {
            foreach (JobRun run in record.Runs)
            {
                if (!await services.OutputsOf(run).ExistsAsync(cancellationToken).ConfigureAwait(false))
                {
                    lost.Add(run.Id);
                }
            }
        }

        return lost;
    }

    // What a run that is gone has computed, only its results can tell. In a group that failed, others than the one at fault may have results:
    // while the job runs that is not worth a request for each, and when it is over it decides what is left.
    private async Task<IReadOnlyDictionary<string, ResultNote>> NotesAsync(
        JobRecord record, IReadOnlyList<BatchJob?> runs, TaskLedger ledger, bool full, CancellationToken cancellationToken)
    {
        if (runs.Contains(null) && ledger.Left > 0)
        {
            return await _results.ReadAsync(record, _ => true, cancellationToken).ConfigureAwait(false);
        }

        HashSet<string> failed = full || ledger.Running + ledger.Waiting == 0
            ? [.. ledger.FailedTasks.Where(task => TaskDiagnosis.IsWorkerFailure(task.Task)).Select(task => JobLayout.ResultBlob(task.BatchJobId, task.Id))]
            : [];
        return failed.Count == 0 ? new Dictionary<string, ResultNote>() : await _results.ReadAsync(record, failed.Contains, cancellationToken).ConfigureAwait(false);
    }
}
