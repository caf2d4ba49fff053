using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Batch.Plan;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;
using SparseSC.Core.Errors;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;
using JobRecord = SparseSC.Azure.Jobs.JobRecord;

namespace SparseSC.Azure.Tests.Jobs;

[Collection(AzuriteCollection.Name)]
public sealed class SubmissionFaultTests(AzuriteFixture storage)
{
    [AzuriteFact(NeedsUnix = true)]
    public async Task A_job_that_cannot_be_made_leaves_nothing()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage, change: options => options with { Quotas = new Quotas(null, 0, null, null) });

        BatchJobException error = await FailAsync(rig);

        Assert.Equal("JobQuotaReached", error.ErrorId);
        await AssertNothingLeftAsync(rig);
        Assert.Contains(rig.Steps, step => step.Kind == JobStepKind.Warning && step.Message.Contains("pool 'tests'", StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_pool_that_cannot_be_made_leaves_nothing()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage, change: options => options with { Quotas = new Quotas(0, null, null, null) });

        Assert.Equal("PoolQuotaReached", (await FailAsync(rig)).ErrorId);
        await AssertNothingLeftAsync(rig);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Tasks_that_the_service_fails_at_for_good_leave_nothing()
    {
        FaultPlan faults = new(1, [new FaultRule { Kind = "status", Method = "POST", Path = "*addtaskcollection", Status = 500 }]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, faults);

        Assert.Equal("BatchBusy", (await FailAsync(rig)).ErrorId);
        await AssertNothingLeftAsync(rig);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_pool_that_cannot_be_looked_at_is_an_error_and_never_taken_for_an_existing_one()
    {
        FaultPlan faults = new(1, [new FaultRule { Kind = "status", Method = "GET", Path = "/pools/*", Status = 500 }]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, faults);

        BatchJobException error = await FailAsync(rig);

        Assert.Equal("BatchBusy", error.ErrorId);
        Assert.Contains("look at the pool 'tests'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Requests, line => line.StartsWith("POST", StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Steps, step => step.Message.Contains("existing pool", StringComparison.Ordinal));
        await AssertNothingLeftAsync(rig);
    }

    [AzuriteTheory(NeedsUnix = true)]
    [InlineData("Making the pool")]
    [InlineData("Making the job")]
    [InlineData("Adding tasks")]
    public async Task Cancelling_midway_leaves_nothing_and_the_next_start_goes_through(string step)
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        using CancellationTokenSource cancel = new();
        rig.OnStep = told =>
        {
            if (told.Message.StartsWith(step, StringComparison.Ordinal))
            {
                cancel.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 1 }, cancel.Token));
        rig.OnStep = null;

        await AssertNothingLeftAsync(rig);
        await HangGuard.UntilAsync(async () => !await rig.Batch().Pools.ExistsAsync("tests"));
        BatchJobStart start = await rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None);
        Assert.Equal(BatchJobStartOutcome.Started, start.Outcome);
        Assert.Equal(BatchJobState.Completed, (await BackendRig.WaitAsync(rig.Backend(), start.Job.Id)).State);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task What_a_cancelled_start_made_stays_when_another_job_has_come_to_count_on_it()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        using CancellationTokenSource cancel = new();
        rig.OnStep = told =>
        {
            if (told.Message.StartsWith("Adding tasks", StringComparison.Ordinal))
            {
                rig.OnStep = null;
                rig.Backend().StartAsync(plan, new BatchJobRequest { JobId = "other", TaskGroupSize = 4 }, CancellationToken.None).GetAwaiter().GetResult();
                cancel.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => rig.Backend().StartAsync(plan, new BatchJobRequest { JobId = "first", TaskGroupSize = 1 }, cancel.Token));

        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), "other");
        Assert.Equal((BatchJobState.Completed, 8), (job.State, job.Done));
        Assert.NotEqual(BatchPoolState.Deleting, (await rig.Batch().Pools.GetAsync("tests")).Value.State);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Answers_that_are_lost_make_nothing_twice()
    {
        FaultPlan faults = new(1,
        [
            new FaultRule { Kind = "drop", When = "after", Method = "POST", Path = "/pools", Times = 1 },
            new FaultRule { Kind = "drop", When = "after", Method = "POST", Path = "/jobs", Times = 1 },
            new FaultRule { Kind = "drop", When = "after", Method = "POST", Path = "*addtaskcollection", Times = 1 },
            new FaultRule { Kind = "drop", When = "after", Method = "PATCH", Path = "/jobs/*", Times = 1 },
        ]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, faults);

        BatchJobStart start = await rig.Backend().StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 2 }, CancellationToken.None);
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), start.Job.Id);

        Assert.Equal((BatchJobState.Completed, 8, 0), (job.State, job.Done, job.Failed));
        Assert.DoesNotContain(rig.Steps, step => step.Kind == JobStepKind.Warning);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_job_that_is_done_before_its_submission_knows_is_no_failure()
    {
        FaultPlan faults = new(1, [new FaultRule { Kind = "drop", When = "after", Method = "PATCH", Path = "/jobs/*", Times = 1 }]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, faults);
        SecondAttemptPolicy waits = new("PATCH", () => HangGuard.UntilAsync(
            async () => (await rig.Batch().Jobs.GetAsync("quick")).Value.State == Batch.BatchJobState.Completed));

        BatchJobStart start = await rig.Backend(waits).StartAsync(
            TinyPlan.Create(rig.Folder), new BatchJobRequest { JobId = "quick", TaskGroupSize = 8 }, CancellationToken.None);
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), start.Job.Id);

        Assert.Equal(2, waits.Attempts);
        Assert.Equal((BatchJobState.Completed, 8, 0), (job.State, job.Done, job.Failed));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task What_a_killed_submission_left_is_put_right_by_the_next_start()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        AzureServices services = rig.Services();
        await KilledSubmissionAsync(services, plan);

        BatchJobStart start = await rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None);
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), start.Job.Id);

        Assert.Equal((BatchJobStartOutcome.Resumed, "cut-off"), (start.Outcome, start.Job.Id));
        Assert.Equal((BatchJobState.Completed, 8), (job.State, job.Done));
        Assert.Equal(Batch.BatchJobState.Completed, (await rig.Batch().Jobs.GetAsync("cut-off")).Value.State);
        JobRecord record = await new JobRecords(services).ReadAsync("cut-off", CancellationToken.None);
        Assert.Equal(["cut-off", "cut-off_r2"], record.Runs.Select(run => run.Id));
        Assert.Null(record.Submitting);
        Assert.Contains(rig.Steps, step => step.Kind == JobStepKind.Warning && step.Message.Contains("cut off", StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Without_a_worker_nothing_is_made()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        rig.Config.WorkerPath = Path.Combine(rig.Folder, "missing");

        Assert.Equal("WorkerNotFound", (await FailAsync(rig)).ErrorId);
        await AssertNothingLeftAsync(rig);
    }

    private static Task<BatchJobException> FailAsync(BackendRig rig) => Assert.ThrowsAsync<BatchJobException>(
        () => rig.Backend().StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 1 }, CancellationToken.None));

    private static async Task AssertNothingLeftAsync(BackendRig rig)
    {
        BatchClient batch = rig.Batch();
        await foreach (Batch.BatchJob job in batch.Jobs.ListAsync())
        {
            Assert.Equal(Batch.BatchJobState.Deleting, job.State);
        }

        await foreach (BatchPool pool in batch.Pools.ListAsync())
        {
            Assert.Equal(BatchPoolState.Deleting, pool.State);
        }

        // The worker stays: it is the same for the next start.
        Assert.All(await rig.BlobsAsync(), name => Assert.StartsWith("inputs/workers/", name, StringComparison.Ordinal));
    }

    // As a process leaves it that is killed after the first of its requests for tasks.
    private static async Task KilledSubmissionAsync(AzureServices services, BatchPlan plan)
    {
        await services.Home.CreateIfMissingAsync();
        JobRecord record = new()
        {
            Id = "cut-off",
            PlanHash = plan.Hash,
            Tasks = plan.Tasks,
            BatchDirectory = plan.Directory,
            Created = DateTimeOffset.UtcNow,
            Inputs = JobLayout.InputsFolder("gone"),
            Runs = [new JobRun("cut-off", "gone")],
            Submitting = DateTimeOffset.UtcNow,
            Submitter = new Submitter("gone", Environment.MachineName, new ProcessIdentity(int.MaxValue, "never"), DateTimeOffset.UtcNow),
        };
        await new JobRecords(services).TryCreateAsync(record, CancellationToken.None);
        await services.Batch.Pools.CreateAsync(new SparseSC.Azure.Jobs.Pools.PoolBuilder(
            services.Config, await new SparseSC.Azure.Jobs.Pools.PoolProvision(services).ResolveImageAsync(CancellationToken.None), null).Standing("tests", 1, []));
        await services.Batch.Jobs.CreateAsync(new BatchJobCreateOptions
        {
            Id = "cut-off",
            PoolInfo = new BatchPoolInfo { PoolId = "tests" },
            Metadata = [new BatchMetadataItem(JobLayout.JobMetadata, "cut-off")],
        });
    }
}
