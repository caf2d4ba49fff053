using System.Runtime.CompilerServices;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Runs jobs in worker processes on this machine.</summary>
/// <remarks>
/// A job is a record in the job directory and a few processes. The processes share the plan's tasks by themselves; this class
/// starts them, looks at them and ends them. Workers that are not detached hang on a lifeline this process holds, so that they
/// stop when it ends, for whatever reason.
/// </remarks>
public sealed class LocalBatchBackend : IBatchBackend
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorkerLook = TimeSpan.FromMilliseconds(20);

    private readonly LocalBatchConfig _config;
    private readonly WorkerHome _home;
    private readonly JobStore _store;
    private readonly JobInspector _inspector;

    /// <summary>Creates the backend for one job directory.</summary>
    public LocalBatchBackend(LocalBatchConfig config, WorkerHome home)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(home);
        if (config.MaxParallel < 0)
        {
            throw new InvalidInputException(
                "InvalidMaxParallel", $"{{MaxParallel}} {config.MaxParallel} is negative. Give the number of workers, or 0 for one per processor.", "MaxParallel");
        }

        _config = config;
        _home = home;
        _store = new JobStore(JobDirectory.Resolve(config.JobDirectory));
        _inspector = new JobInspector(_store, config);
    }

    /// <inheritdoc/>
    public TimeSpan PollingInterval => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public TimeSpan LongestPollingInterval => PollingInterval;

    /// <inheritdoc/>
    public async Task<BatchJobStart> StartAsync(BatchPlan plan, BatchJobRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        request.CheckFor(plan);
        using IDisposable mutex = await _store.LockAsync(cancellationToken).ConfigureAwait(false);

        JobRecord[] samePlan = [.. ReadableRecords().Where(record => IsFor(record, plan))];
        if (samePlan.FirstOrDefault(record => record.AliveWorkers() > 0) is JobRecord running
            && await IsAtWorkAsync(running, plan, cancellationToken).ConfigureAwait(false))
        {
            BatchJob seen = _inspector.Look(running);
            return new BatchJobStart(seen, seen.IsFinished ? BatchJobStartOutcome.NothingLeft : BatchJobStartOutcome.AlreadyRunning);
        }

        JobRecord? known = request.JobId is null ? samePlan.MaxBy(record => record.Created) : Named(request.JobId, plan);
        JobRecord job = known ?? NewRecord(plan, request.JobId ?? JobName.Make(plan.Directory));
        PlanStatus status = plan.GetStatus();
        if (status.IsComplete)
        {
            _store.Write(job);
            return new BatchJobStart(_inspector.Look(job), BatchJobStartOutcome.NothingLeft);
        }

        job.Detached = request.Detach;
        int workers = Math.Min(status.Missing.Length, _config.MaxParallel > 0 ? _config.MaxParallel : Environment.ProcessorCount);
        await LaunchAsync(job, workers, cancellationToken).ConfigureAwait(false);
        return new BatchJobStart(_inspector.Look(job), known is null ? BatchJobStartOutcome.Started : BatchJobStartOutcome.Resumed);
    }

    /// <inheritdoc/>
    public Task<BatchJob> GetAsync(string jobId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_inspector.Look(_store.Read(jobId)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BatchJob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (JobRecord record in ReadableRecords().OrderByDescending(record => record.Created))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await Task.Run(() => _inspector.Look(record), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<BatchResults> CollectAsync(string jobId, string? batchDirectory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        JobRecord record = _store.Read(jobId);
        BatchPlan plan = _inspector.PlanOf(record);
        if (batchDirectory is not null && Path.GetFullPath(batchDirectory) != record.BatchDirectory)
        {
            BatchPlan other = JobInspector.LoadPlan(batchDirectory, record.PlanHash);
            ResultFiles.Copy(plan, other, cancellationToken);
            plan = other;
        }

        BatchResults results = ResultFiles.Survey(plan);
        results.JobId = jobId;
        results.Config = _config;
        return Task.FromResult(results);
    }

    /// <inheritdoc/>
    public async Task<BatchJob> StopAsync(string jobId, CancellationToken cancellationToken)
    {
        using IDisposable mutex = await _store.LockAsync(cancellationToken).ConfigureAwait(false);
        JobRecord record = _store.Read(jobId);
        bool wasAlive = record.AliveWorkers() > 0;
        OwnedWorkers.Release(_store.FolderOf(jobId));
        await ProcessStopper.StopAsync(record.Workers, StopGrace, cancellationToken).ConfigureAwait(false);
        if (wasAlive)
        {
            record.Stopped = DateTimeOffset.UtcNow;
            _store.Write(record);
        }

        return _inspector.Look(record);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string jobId, BatchJobRemoval what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(what);
        using IDisposable mutex = await _store.LockAsync(cancellationToken).ConfigureAwait(false);
        JobRecord record = _store.Read(jobId);
        if (_inspector.Look(record).State == BatchJobState.Running)
        {
            throw new BatchJobException(ErrorIds.JobIsRunning, $"Job '{jobId}' is running. Stop it before it is removed.", jobId);
        }

        // Workers of a completed job may still be on their way out.
        OwnedWorkers.Release(_store.FolderOf(jobId));
        await ProcessStopper.StopAsync(record.Workers, StopGrace, cancellationToken).ConfigureAwait(false);
        if (what.BatchDirectory && Directory.Exists(record.BatchDirectory))
        {
            _inspector.PlanOf(record).Delete();
        }

        if (what.Job)
        {
            _store.Remove(jobId);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobTask> ListTasksAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LocalTasks tasks = TasksOf(jobId);
        foreach (JobTask task in await Task.Run(() => tasks.All().ToArray(), cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return task;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobTaskOutput> ReadOutputAsync(
        string jobId, string taskId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LocalTasks tasks = TasksOf(jobId);
        yield return await Task.Run(() => tasks.OutputOf(taskId), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<BatchJob> RestartAsync(string jobId, IReadOnlyCollection<string>? taskIds, string? vmSize, CancellationToken cancellationToken)
    {
        if (vmSize is not null)
        {
            throw new InvalidInputException("VmSizeNotUsed", $"{{VmSize}} '{vmSize}' is of no use for jobs on this machine. Leave it out.", "VmSize");
        }

        JobRecord record = _store.Read(jobId);
        TasksOf(jobId).Forget(taskIds);
        BatchPlan plan = _inspector.PlanOf(record);
        BatchJobStart start = await StartAsync(plan, new BatchJobRequest { JobId = jobId, Detach = record.Detached }, cancellationToken).ConfigureAwait(false);
        return start.Job;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConfigFinding> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await Task.Run(TestWorker, cancellationToken).ConfigureAwait(false);
        yield return await Task.Run(_store.Test, cancellationToken).ConfigureAwait(false);
    }

    private ConfigFinding TestWorker()
    {
        try
        {
            (WorkerCommand command, string done) = StartableWorker();
            string? fault = command.IsExecutable ? WorkerTrial.Fault(command.FileName) : null;
            return fault is null
                ? new ConfigFinding { Check = "Worker", Message = $"Workers run as '{command.FileName}'. {done}".TrimEnd() }
                : new ConfigFinding { Check = "Worker", Severity = FindingSeverity.Error, Message = $"The worker '{command.FileName}' cannot run. {fault}" };
        }
        catch (BatchJobException error)
        {
            return new ConfigFinding { Check = "Worker", Severity = FindingSeverity.Error, Message = error.Message };
        }
    }

    private (WorkerCommand Command, string Done) StartableWorker() =>
        WorkerCommand.Find(_config.WorkerPath, _home).Startable(new WorkerExecutable(new WorkerCache(WorkerCache.DefaultDirectory)));

    private LocalTasks TasksOf(string jobId) => new(jobId, _inspector.PlanOf(_store.Read(jobId)), _config);

    // A worker that holds no task has just begun or found nothing left to do. In the second case it passes by what was lost or is to be
    // tried again meanwhile, so it must not count as working on it.
    private static async Task<bool> IsAtWorkAsync(JobRecord record, BatchPlan plan, CancellationToken cancellationToken)
    {
        while (record.AliveWorkers() > 0)
        {
            int[] missing = plan.GetStatus().Missing;
            if (missing.Length == 0 || missing.Any(task => TaskClaim.IsTaken(plan.Directory, task)))
            {
                return true;
            }

            await Task.Delay(WorkerLook, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private static bool IsFor(JobRecord record, BatchPlan plan) =>
        record.PlanHash == plan.Hash && record.BatchDirectory == Path.GetFullPath(plan.Directory);

    private static JobRecord NewRecord(BatchPlan plan, string jobId) => new()
    {
        Id = jobId,
        BatchDirectory = Path.GetFullPath(plan.Directory),
        PlanHash = plan.Hash,
        Tasks = plan.Tasks,
        Created = DateTimeOffset.UtcNow,
        Machine = Environment.MachineName,
    };

    private JobRecord? Named(string jobId, BatchPlan plan)
    {
        JobStore.RequireValidId(jobId);
        if (!_store.Contains(jobId))
        {
            return null;
        }

        JobRecord record = _store.Read(jobId);
        return IsFor(record, plan)
            ? record
            : throw new BatchJobException(
                ErrorIds.JobIdInUse,
                $"{{JobId}} '{jobId}' belongs to the plan in '{record.BatchDirectory}'. Give another id, or none to have one made.",
                jobId);
    }

    private async Task LaunchAsync(JobRecord job, int workers, CancellationToken cancellationToken)
    {
        WorkerCommand command = StartableWorker().Command;
        string folder = _store.FolderOf(job.Id);
        job.Stopped = null;
        job.Machine = Environment.MachineName;
        job.Workers = [];
        job.Launcher = ProcessIdentity.Of(Environment.ProcessId);
        _store.Write(job);
        WorkerLog.Clear(folder);

        List<WorkerProcess> started = [];
        try
        {
            for (int i = 0; i < workers; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                started.Add(WorkerProcess.Start(command, new WorkerTask(job.BatchDirectory, WorkerLog.PathOf(folder, i), job.Detached)));

                // Written after every start, so that no worker ever runs without being on record.
                job.Workers = [.. job.Workers, started[^1].Identity];
                job.Launcher = i == workers - 1 ? null : job.Launcher;
                _store.Write(job);
            }
        }
        catch
        {
            started.ForEach(worker => worker.CutLifeline());
            await ProcessStopper.StopAsync([.. started.Select(worker => worker.Identity)], StopGrace, CancellationToken.None).ConfigureAwait(false);
            started.ForEach(worker => worker.Dispose());
            job.Launcher = null;
            _store.Write(job);
            throw;
        }

        if (!job.Detached)
        {
            OwnedWorkers.Keep(folder, started);
        }
    }

    private IEnumerable<JobRecord> ReadableRecords()
    {
        foreach (string id in _store.Ids())
        {
            JobRecord record;
            try
            {
                record = _store.Read(id);
            }
            catch (BatchJobException)
            {
                // One damaged record must not hide the others; asked for by its id it says what is wrong.
                continue;
            }

            yield return record;
        }
    }
}
