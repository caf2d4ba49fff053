using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Starts a plan's tasks that have no result.</summary>
/// <remarks>
/// Everything that can be refused is asked for before anything is made. What was made is taken back when the submission does not come to
/// its end. When its process is killed, suspended or cut off, its claim on the job runs out, and the next start puts things right. One that
/// wakes up after that takes back only what nobody else can have come to use: everything it made carries its own id.
/// </remarks>
internal sealed class JobSubmission(AzureServices services)
{
    private readonly JobRecords _records = services.Records;
    private readonly JobAdmission _admission = new(services);
    private readonly PoolProvision _pools = new(services);
    private readonly PlanUpload _upload = new(services);
    private readonly TaskGrouping _grouping = new(services);

    /// <summary>Starts what a plan has left, unless it runs already.</summary>
    public async Task<(JobRecord Record, BatchJobStartOutcome Outcome)> StartAsync(
        BatchPlan plan, BatchJobRequest request, CancellationToken cancellationToken)
    {
        CheckRequest(request);
        request.CheckFor(plan);
        if (request.JobId is { } wanted)
        {
            AzureJobId.Require(wanted);
        }

        while (true)
        {
            services.Steps.Detail($"Looking for jobs of the plan in '{plan.Directory}' at {services.Home}.");
            (JobRecord? running, JobRecord? known) = await _admission.FindJobsAsync(plan.Hash, request.JobId, cancellationToken).ConfigureAwait(false);
            if (running is not null)
            {
                services.Steps.Detail($"The job '{running.Id}' runs already.");
                return (running, BatchJobStartOutcome.AlreadyRunning);
            }

            if (await TryStartAsync(plan, request, known, cancellationToken).ConfigureAwait(false) is { } start)
            {
                return start;
            }
        }
    }

    /// <returns><c>null</c> when another job of the plan has come up meanwhile that is to be gone on with.</returns>
    private async Task<(JobRecord Record, BatchJobStartOutcome Outcome)?> TryStartAsync(
        BatchPlan plan, BatchJobRequest request, JobRecord? known, CancellationToken cancellationToken)
    {
        Submitter submitter = Submitter.Begin(services.Time);
        try
        {
            JobRecord begun = known ?? Fresh(plan, request, submitter);
            return await SubmissionWork.RunAsync(
                services,
                begun,
                submitter,
                (claim, rollback, token) => StartAsync(new Attempt(plan, request, known, begun, submitter, claim, rollback), token),
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            submitter.End();
        }
    }

    private async Task<(JobRecord Record, BatchJobStartOutcome Outcome)?> StartAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        BatchPlan plan = attempt.Plan;
        if (attempt.Known is { } earlier)
        {
            await _admission.EndAbandonedAsync(earlier, cancellationToken).ConfigureAwait(false);
        }

        HashSet<string> own = await ReceiveAsync(plan, attempt.Lasting, cancellationToken).ConfigureAwait(false);
        PlanStatus status = await Task.Run(plan.GetStatus, cancellationToken).ConfigureAwait(false);
        if (status.IsComplete && attempt.Known is { IsAbandoned: false } done && attempt.IsFitThere(plan))
        {
            services.Steps.Detail("Every task has a result already.");
            return (done, BatchJobStartOutcome.NothingLeft);
        }

        bool isNothingLeft = status.IsComplete && !attempt.Request.MergeOnNode;
        PoolChoice? pool = isNothingLeft ? null : await _pools.ChooseAsync(cancellationToken).ConfigureAwait(false);
        if (pool is not null)
        {
            _upload.CheckWorker();
        }

        GroupedTasks groups = status.IsComplete || pool is null
            ? GroupedTasks.None
            : await _grouping.GroupAsync(plan, attempt.Request, status.Missing, pool, cancellationToken).ConfigureAwait(false);

        await _upload.EnsureAsync(services.Inputs, cancellationToken).ConfigureAwait(false);
        string? worker = pool is null ? null : await _upload.WorkerAsync(cancellationToken).ConfigureAwait(false);
        JobRecord record = await EnterRunAsync(attempt, worker, status, pool, cancellationToken).ConfigureAwait(false);
        if (attempt.Known is null && attempt.Request.JobId is null
            && await _admission.FindDuplicateAsync(record, cancellationToken).ConfigureAwait(false) is { } twin)
        {
            string state = twin.IsAbandoned ? ", which was cut off" : "";
            services.Steps.Detail($"The plan was started by someone else at the same time, as the job '{twin.Id}'{state}.");
            await attempt.Rollback.RunAsync(services.Steps.Detail).ConfigureAwait(false);
            return twin.IsAbandoned ? null : (twin, BatchJobStartOutcome.AlreadyRunning);
        }

        await SendPlanAsync(attempt, record, cancellationToken).ConfigureAwait(false);
        if (pool is not null)
        {
            JobRun run = record.Runs[^1];
            await MakeOutputsAsync(attempt, run, HasOtherResults(plan, own) ? status.Done : [], cancellationToken).ConfigureAwait(false);
            await SubmitAsync(attempt, record, groups, pool, cancellationToken).ConfigureAwait(false);
        }
        else if (attempt.Known is { IsAbandoned: true, Runs.Count: > 0 })
        {
            await MakeOutputsAsync(attempt, record.Runs[^1], status.Done, cancellationToken).ConfigureAwait(false);
        }

        record = await _records.UpdateAsync(record.Id, attempt.Settle, cancellationToken).ConfigureAwait(false);
        if (attempt.Known is { } before && before.Inputs != record.Inputs)
        {
            await _upload.RemoveInputsAsync(before.Inputs, cancellationToken).ConfigureAwait(false);
        }

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
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{TaskGroupSize}} {request.TaskGroupSize} is not possible. Give how many tasks run together, at least 1, or leave it out."),
                "TaskGroupSize");
        }
    }

    // What is in storage need not be computed again, whichever job computed it.
    private async Task<HashSet<string>> ReceiveAsync(BatchPlan plan, IReadOnlyList<string> lasting, CancellationToken cancellationToken)
    {
        int received = 0;
        HashSet<string> own = [];
        ResultBlobs blobs = new(services);
        foreach (string container in await new PlanOutputs(services).ListAsync(plan.Hash, cancellationToken).ConfigureAwait(false))
        {
            BlobDownload download = await blobs.DownloadAsync([container], plan, cancellationToken).ConfigureAwait(false);
            received += download.Received.Count;
            own.UnionWith(lasting.Contains(container) ? download.Received.Select(blob => Path.GetFileName(blob.Path)) : []);
            foreach (RefusedBlob blob in download.Refused)
            {
                services.Steps.Warning($"The result '{blob.BlobName}' was not taken: {blob.Reason}");
            }
        }

        if (received > 0)
        {
            services.Steps.Detail(string.Create(
                CultureInfo.InvariantCulture, $"Received {received} result files from storage; their tasks need not run again."));
        }

        return own;
    }

    private static bool HasOtherResults(BatchPlan plan, HashSet<string> known) =>
        Directory.Exists(plan.ResultsDirectory)
        && Directory.EnumerateFiles(plan.ResultsDirectory, "*.json")
            .Select(path => Path.GetFileName(path))
            .Any(name => !name.StartsWith('.') && !known.Contains(name));

    // After the record, so that whoever gives way to another job of the plan has sent nothing.
    private async Task SendPlanAsync(Attempt attempt, JobRecord record, CancellationToken cancellationToken)
    {
        if (record.Inputs == JobLayout.InputsFolder(attempt.Submitter.Id))
        {
            attempt.Rollback.Add("files of the plan in storage", token => _upload.RemoveInputsAsync(record.Inputs, token));
        }

        await _upload.InputsAsync(attempt.Plan, record.Inputs, cancellationToken).ConfigureAwait(false);
    }

    // Results that no lasting run of the job has lie beside those of this run, so that the job needs no other's container.
    private async Task MakeOutputsAsync(Attempt attempt, JobRun run, int[] elsewhere, CancellationToken cancellationToken)
    {
        StorageContainer container = services.OutputsOf(run);
        await _upload.OutputsAsync(attempt.Plan.Hash, container, attempt.Rollback, cancellationToken).ConfigureAwait(false);
        if (elsewhere.Length > 0)
        {
            await _upload.ResultsAsync(attempt.Plan, elsewhere, container, run.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    // From here on other sessions see that the plan is being submitted.
    private async Task<JobRecord> EnterRunAsync(
        Attempt attempt, string? worker, PlanStatus status, PoolChoice? pool, CancellationToken cancellationToken)
    {
        string done = IndexRanges.Format(status.Done);
        JobRecord Entered(JobRecord record) => RunEntry.Add(record, services.Config, done, pool, attempt.Submitter) with
        {
            // Whoever was cut off may wake up and take its files back, so a job that is taken over gets its own.
            Inputs = record.IsAbandoned ? JobLayout.InputsFolder(attempt.Submitter.Id) : record.Inputs,
            WorkerSha256 = worker ?? record.WorkerSha256,
            MergeOnNode = attempt.Request.MergeOnNode,
            ResultsRemoved = null,
        };

        if (attempt.Known is { } known)
        {
            return await _records.EnterRunAsync(known, Entered, attempt.Submitter, attempt.Rollback, cancellationToken).ConfigureAwait(false);
        }

        JobRecord record = Entered(attempt.Begun);
        attempt.Rollback.Add("record of the job", token => _records.RemoveIfOfAsync(record, attempt.Submitter, token));
        return await _records.TryCreateAsync(record, cancellationToken).ConfigureAwait(false)
            ? record
            : throw new BatchJobException(
                ErrorIds.JobIdInUse, $"{{JobId}} '{record.Id}' was taken by someone else at the same time. Start again.", record.Id);
    }

    private JobRecord Fresh(BatchPlan plan, BatchJobRequest request, Submitter submitter) => new()
    {
        Id = request.JobId ?? JobLayout.NewJobId(plan.Directory, services.Time),
        PlanHash = plan.Hash,
        Tasks = plan.Tasks,
        Steps = plan.Steps.Count > 1 ? [.. plan.Steps.Select(step => step.Count)] : [],
        BatchDirectory = Path.GetFullPath(plan.Directory),
        Created = services.Time.GetUtcNow(),
        Inputs = JobLayout.InputsFolder(submitter.Id),
    };

    private async Task SubmitAsync(
        Attempt attempt, JobRecord record, GroupedTasks groups, PoolChoice pool, CancellationToken cancellationToken)
    {
        BatchPoolInfo poolInfo = await _pools.ProvideAsync(
            pool, record, groups.Groups.Count, attempt.Submitter.Id, attempt.Claim, attempt.Rollback, cancellationToken).ConfigureAwait(false);
        RunPlan run = new()
        {
            Record = record,
            Run = record.Runs[^1],
            Groups = groups.Groups,
            TimeLimit = TaskGroups.LimitFor(groups.Groups, groups.Cost, services.Config),
            Pool = poolInfo,
            SubmissionId = attempt.Submitter.Id,
            ResultContainers = [.. attempt.Lasting, record.Runs[^1].Container],
            Registry = pool.Existing is null ? null : PoolBuilder.Registry(services.Config, services.RegistryPassword),
        };
        await new RunSubmission(services).SubmitAsync(run, attempt.Rollback, cancellationToken).ConfigureAwait(false);
    }

    private sealed record Attempt(
        BatchPlan Plan,
        BatchJobRequest Request,
        JobRecord? Known,
        JobRecord Begun,
        Submitter Submitter,
        SubmissionClaim Claim,
        SubmissionRollback Rollback)
    {
        /// <summary>
        /// Containers of earlier runs that stay. One whose submission was cut off may be taken back by it when it wakes up.
        /// </summary>
        public IReadOnlyList<string> Lasting { get; } = Known is null
            ? []
            : [.. (Known.IsAbandoned ? Known.Runs.SkipLast(1) : Known.Runs).Select(run => run.Container)];

        // A model that was merged on a node and received makes a further merge needless.
        public bool IsFitThere(BatchPlan plan) => !Request.MergeOnNode || File.Exists(plan.FitFile);

        public JobRecord Settle(JobRecord latest) => JobRecords.Settle(latest, Submitter);
    }
}
