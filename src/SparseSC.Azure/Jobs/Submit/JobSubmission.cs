using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;
using SparseSC.Core.Jobs.Azure;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Starts a plan's tasks that have no result.</summary>
/// <remarks>
/// Everything that can be refused is asked for before anything is made. What was made is taken back when the submission does not come to
/// its end; when its process is killed, the record says that it was at work, and the next start puts things right.
/// </remarks>
internal sealed class JobSubmission(AzureServices services) : IJobSubmission
{
    private static readonly TimeSpan LongestMeasurement = TimeSpan.FromSeconds(3);

    private readonly JobRecords _records = new(services);
    private readonly JobAdmission _admission = new(services);
    private readonly PoolProvision _pools = new(services);
    private readonly PlanUpload _upload = new(services);

    /// <inheritdoc/>
    public async Task<(JobRecord Record, BatchJobStartOutcome Outcome)> StartAsync(
        BatchPlan plan, BatchJobRequest request, CancellationToken cancellationToken)
    {
        CheckRequest(request);
        request.CheckFor(plan);
        if (request.JobId is { } wanted)
        {
            AzureJobId.Require(wanted);
        }

        services.Steps.Detail($"Looking for jobs of the plan in '{plan.Directory}' at {services.Home}.");
        (JobRecord? running, JobRecord? known) = await _admission.LookAsync(plan.Hash, request.JobId, cancellationToken).ConfigureAwait(false);
        if (running is not null)
        {
            services.Steps.Detail($"The job '{running.Id}' runs already.");
            return (running, BatchJobStartOutcome.AlreadyRunning);
        }

        if (known is not null)
        {
            await _admission.EndAbandonedAsync(known, cancellationToken).ConfigureAwait(false);
        }

        Submitter submitter = Submitter.Begin(services.Time);
        Undo undo = new(services.Steps);
        try
        {
            Attempt attempt = new(plan, request, known, submitter, undo);
            (JobRecord record, BatchJobStartOutcome outcome) = await StartAsync(attempt, cancellationToken).ConfigureAwait(false);
            undo.Keep();
            return (record, outcome);
        }
        finally
        {
            await undo.RunAsync().ConfigureAwait(false);
            submitter.End();
        }
    }

    private async Task<(JobRecord Record, BatchJobStartOutcome Outcome)> StartAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        BatchPlan plan = attempt.Plan;
        StorageContainer container = services.Storage.Container(attempt.Known?.Container ?? JobLayout.PlanContainer(services.Config, plan.Hash));
        HashSet<string> inStorage = await ReceiveAsync(plan, container.Name, cancellationToken).ConfigureAwait(false);
        PlanStatus status = await Task.Run(plan.GetStatus, cancellationToken).ConfigureAwait(false);
        if (status.IsComplete && attempt.Known is not null && attempt.IsFitThere(plan))
        {
            services.Steps.Detail("Every task has a result already.");
            JobRecord done = await _records.UpdateAsync(attempt.Known.Id, Settled, cancellationToken).ConfigureAwait(false);
            return (done, BatchJobStartOutcome.NothingLeft);
        }

        bool isNothingLeft = status.IsComplete && !attempt.Request.MergeOnNode;
        PoolChoice? pool = isNothingLeft ? null : await _pools.ChooseAsync(cancellationToken).ConfigureAwait(false);
        if (pool is not null)
        {
            _upload.CheckWorker();
        }

        IReadOnlyList<int[]> groups = status.IsComplete || pool is null ? [] : await GroupAsync(attempt, status.Missing, pool.Slots, cancellationToken).ConfigureAwait(false);

        await _upload.EnsureAsync(services.Home, cancellationToken).ConfigureAwait(false);
        string? worker = pool is null ? null : await _upload.WorkerAsync(cancellationToken).ConfigureAwait(false);
        (JobRecord record, string runId) = await EnterAsync(attempt, container.Name, worker, status, pool, cancellationToken).ConfigureAwait(false);
        if (attempt.Known is null && attempt.Request.JobId is null
            && await _admission.TwinAsync(record, cancellationToken).ConfigureAwait(false) is { } twin)
        {
            services.Steps.Detail($"The plan was started by someone else at the same time, as the job '{twin.Id}'.");
            await attempt.Undo.RunAsync(services.Steps.Detail).ConfigureAwait(false);
            return (twin, BatchJobStartOutcome.AlreadyRunning);
        }

        await SendPlanAsync(attempt, record, container, cancellationToken).ConfigureAwait(false);
        bool isElsewhere = status.Done.Length > 0 && (record.MergeOnNode || HasOtherResults(plan, inStorage));
        string[] earlier = isElsewhere ? [await _upload.ResultsAsync(plan, status.Done, container, runId, cancellationToken).ConfigureAwait(false)] : [];
        if (pool is not null)
        {
            await SubmitAsync(attempt, record, runId, groups, pool, earlier, cancellationToken).ConfigureAwait(false);
        }

        record = await _records.UpdateAsync(record.Id, Settled, cancellationToken).ConfigureAwait(false);
        BatchJobStartOutcome outcome = pool is null ? BatchJobStartOutcome.NothingLeft
            : attempt.Known is null ? BatchJobStartOutcome.Started
            : BatchJobStartOutcome.Resumed;
        services.Steps.Detail(pool is null ? "Every task has a result already." : $"The job '{record.Id}' is submitted.");
        return (record, outcome);
    }

    private static void CheckRequest(BatchJobRequest request)
    {
        if (request.JobId is { } id)
        {
            JobRecords.RequireValidId(id);
        }

        if (request.TaskGroupSize is < 1)
        {
            throw new InvalidInputException(
                "InvalidTaskGroupSize",
                string.Create(CultureInfo.InvariantCulture, $"{{TaskGroupSize}} {request.TaskGroupSize} is not possible. Give how many tasks run together, at least 1, or leave it out."),
                "TaskGroupSize");
        }
    }

    // What is in storage need not be computed again, whichever job computed it.
    private async Task<HashSet<string>> ReceiveAsync(BatchPlan plan, string container, CancellationToken cancellationToken)
    {
        BlobDownload download = await new ResultBlobs(services).BringAsync(container, plan, cancellationToken).ConfigureAwait(false);
        foreach (RefusedBlob blob in download.Refused)
        {
            services.Steps.Warning($"The result '{blob.BlobName}' was not taken: {blob.Reason}");
        }

        if (download.Received.Count > 0)
        {
            services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"Received {download.Received.Count} result files from storage; their tasks need not run again."));
        }

        return [.. download.Received.Select(blob => Path.GetFileName(blob.Path))];
    }

    private static bool HasOtherResults(BatchPlan plan, HashSet<string> inStorage) =>
        Directory.Exists(plan.ResultsDirectory)
        && Directory.EnumerateFiles(plan.ResultsDirectory, "*.json").Select(path => Path.GetFileName(path)).Any(name => !name.StartsWith('.') && !inStorage.Contains(name));

    private async Task<IReadOnlyList<int[]>> GroupAsync(Attempt attempt, int[] missing, int slots, CancellationToken cancellationToken)
    {
        int size = attempt.Request.TaskGroupSize ?? await MeasureAsync(attempt.Plan, missing, slots, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<int[]> groups = TaskGroups.Cut(missing, size);
        if (attempt.Request.MergeOnNode && groups.Count > TaskGroups.MostBeforeMerge)
        {
            size = (int)Math.Ceiling(missing.Length / (double)TaskGroups.MostBeforeMerge);
            services.Steps.Warning(string.Create(
                CultureInfo.InvariantCulture, $"A merging task can wait for {TaskGroups.MostBeforeMerge} others, so {size} tasks of the plan run together as one."));
            groups = TaskGroups.Cut(missing, size);
        }

        services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"{missing.Length} of {attempt.Plan.Tasks} tasks of the plan are left; they run as {groups.Count}."));
        return groups;
    }

    private async Task<int> MeasureAsync(BatchPlan plan, int[] missing, int slots, CancellationToken cancellationToken)
    {
        services.Steps.Detail("Measuring here what a task takes.");
        TimeSpan? cost = await Task.Run(() => plan.MeasureCost(missing, LongestMeasurement, cancellationToken), cancellationToken).ConfigureAwait(false);
        services.Steps.Detail(cost is { } one
            ? string.Create(CultureInfo.InvariantCulture, $"A task takes about {one.TotalSeconds:g3} s here.")
            : string.Create(CultureInfo.InvariantCulture, $"A task takes more than {LongestMeasurement.TotalSeconds:0} s here."));
        return TaskGroups.SizeFor(missing.Length, cost, slots);
    }

    // After the record, so that whoever gives way to another job of the plan has sent nothing that he would take back.
    private async Task SendPlanAsync(Attempt attempt, JobRecord record, StorageContainer container, CancellationToken cancellationToken)
    {
        bool made = container.Name != services.Home.Name && await _upload.EnsureAsync(container, cancellationToken).ConfigureAwait(false);
        if (made)
        {
            attempt.Undo.Add(container.ToString(), token => UnlessSharedAsync(record, () => container.DeleteAsync(token), token));
        }

        IReadOnlyList<string> sent = await _upload.InputsAsync(attempt.Plan, container, cancellationToken).ConfigureAwait(false);
        if (!made && attempt.Known is null && sent.Count > 0)
        {
            attempt.Undo.Add("files of the plan in storage", token => UnlessSharedAsync(record, () => DeleteAsync(container, sent, token), token));
        }
    }

    // Jobs of one plan share its files; what another job counts on stays.
    private async Task UnlessSharedAsync(JobRecord mine, Func<Task> takeBack, CancellationToken cancellationToken)
    {
        await foreach (JobRecord other in _records.ListAsync(mine.PlanHash, cancellationToken).ConfigureAwait(false))
        {
            if (other.Id != mine.Id)
            {
                return;
            }
        }

        await takeBack().ConfigureAwait(false);
    }

    private static async Task DeleteAsync(StorageContainer container, IReadOnlyList<string> blobs, CancellationToken cancellationToken)
    {
        foreach (string blob in blobs)
        {
            await container.DeleteBlobAsync(blob, cancellationToken).ConfigureAwait(false);
        }
    }

    // From here on other sessions see that the plan is being submitted.
    private async Task<(JobRecord Record, string RunId)> EnterAsync(
        Attempt attempt, string container, string? worker, PlanStatus status, PoolChoice? pool, CancellationToken cancellationToken)
    {
        JobRecord Submitting(JobRecord record, string runId) => record with
        {
            WorkerBlob = worker ?? record.WorkerBlob,
            DoneBefore = IndexRanges.Format(status.Done),
            MergeOnNode = attempt.Request.MergeOnNode,
            PoolId = services.Config.PoolId,
            MadePool = (record.MadePool && record.PoolId == services.Config.PoolId) || (pool is { Existing: null } && services.Config.PoolId is not null),
            Stopped = null,
            Submitting = attempt.Submitter.Began,
            Submitter = attempt.Submitter,
            Runs = pool is null ? record.Runs : [.. record.Runs, runId],
        };

        if (attempt.Known is { } known)
        {
            string next = JobLayout.RunId(known.Id, known.Runs.Count + 1);
            JobRecord before = known;
            JobRecord changed = await _records.UpdateAsync(
                known.Id,
                latest => latest.Submitting is not null && !latest.IsAbandoned(services.Time) ? throw AlreadySubmitting(latest) : Submitting(before = latest, next),
                cancellationToken).ConfigureAwait(false);
            attempt.Undo.Add($"run '{next}' in the job's record", token => _records.UpdateAsync(known.Id, _ => before with { Submitting = null, Submitter = null }, token));
            return (changed, next);
        }

        JobRecord fresh = Fresh(attempt, container);
        string first = JobLayout.RunId(fresh.Id, 1);
        JobRecord record = Submitting(fresh, first);
        attempt.Undo.Add("record of the job", token => RemoveIfMineAsync(record, token));
        return await _records.TryCreateAsync(record, cancellationToken).ConfigureAwait(false)
            ? (record, first)
            : throw new BatchJobException("JobIdInUse", $"{{JobId}} '{record.Id}' was taken by someone else at the same time. Start again.", record.Id);
    }

    private JobRecord Fresh(Attempt attempt, string container) => new()
    {
        Id = attempt.Request.JobId ?? JobLayout.NewJobId(attempt.Plan.Directory, services.Time),
        PlanHash = attempt.Plan.Hash,
        Tasks = attempt.Plan.Tasks,
        BatchDirectory = Path.GetFullPath(attempt.Plan.Directory),
        Created = services.Time.GetUtcNow(),
        Container = container,
    };

    private async Task RemoveIfMineAsync(JobRecord record, CancellationToken cancellationToken)
    {
        JobRecord there = await _records.ReadAsync(record.Id, cancellationToken).ConfigureAwait(false);
        if (there.Submitter?.Id == record.Submitter?.Id)
        {
            await _records.RemoveAsync(there, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SubmitAsync(
        Attempt attempt, JobRecord record, string runId, IReadOnlyList<int[]> groups, PoolChoice pool, string[] earlier, CancellationToken cancellationToken)
    {
        BatchPoolInfo poolInfo = await _pools.ProvideAsync(
            pool, record.Id, groups.Count, attempt.Submitter.Id, attempt.Undo, cancellationToken).ConfigureAwait(false);
        RunPlan run = new()
        {
            Record = record,
            RunId = runId,
            Groups = groups,
            Pool = poolInfo,
            SubmissionId = attempt.Submitter.Id,
            EarlierResults = earlier,
            Registry = pool.Existing is null ? null : PoolBuilder.Registry(services.Config, services.RegistryPassword),
        };
        await new RunSubmission(services).SubmitAsync(run, attempt.Undo, cancellationToken).ConfigureAwait(false);
    }

    private static JobRecord Settled(JobRecord record) => record with { Submitting = null, Submitter = null };

    private static BatchJobException AlreadySubmitting(JobRecord record) => new(
        "JobBeingSubmitted", $"The job '{record.Id}' is being submitted by someone else on '{record.Submitter?.Machine}'. Wait until it runs.", record.Id);

    private sealed record Attempt(BatchPlan Plan, BatchJobRequest Request, JobRecord? Known, Submitter Submitter, Undo Undo)
    {
        // A model that was merged on a node and received makes a further merge needless.
        public bool IsFitThere(BatchPlan plan) => !Request.MergeOnNode || File.Exists(plan.FitFile);
    }
}
