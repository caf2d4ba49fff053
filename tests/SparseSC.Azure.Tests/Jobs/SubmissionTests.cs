using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using BatchJob = SparseSC.Batch.Jobs.BatchJob;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;
using JobRecord = SparseSC.Azure.Jobs.JobRecord;

namespace SparseSC.Azure.Tests.Jobs;

[Collection(AzuriteCollection.Name)]
public sealed class SubmissionTests(AzuriteFixture storage)
{
    [AzuriteFact(NeedsUnix = true)]
    public async Task A_plan_runs_on_a_pool_that_is_made_for_it_and_equals_the_fit()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        AzureBatchBackend backend = rig.Backend();

        BatchJobStart start = await backend.StartAsync(plan, new BatchJobRequest { TaskGroupSize = 3 }, CancellationToken.None);
        BatchJob job = await BackendRig.WaitAsync(backend, start.Job.Id);
        BatchResults results = await backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal(BatchJobStartOutcome.Started, start.Outcome);
        Assert.StartsWith("The pool 'tests' has nothing to do", job.Message, StringComparison.Ordinal);
        Assert.Equal((BatchJobState.Completed, 8, 8), (job.State, job.Done, job.Tasks));
        Assert.True(results.IsComplete, results.Message);
        SyntheticControlFit merged = plan.Merge();
        SyntheticControlFit fitted = JointFit.Run(TinyPlan.Data(), TinyPlan.Options(2, 4));
        Assert.Equal(fitted.V, merged.V);
        Assert.Equal(fitted.Scores, merged.Scores);
        Assert.Equal(fitted.Predictions.Cast<double>(), merged.Predictions.Cast<double>());
        BatchPool pool = (await rig.Batch().Pools.GetAsync("tests")).Value;
        Assert.Equal((2, 4), (pool.TargetDedicatedNodes, pool.TaskSlotsPerNode));
        Assert.Equal(JobStepKind.Detail, rig.Steps[0].Kind);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_plan_of_effects_runs_on_a_pool_and_equals_one_estimate()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        (EffectData data, EffectOptions options) = TinyPlan.Effects();
        BatchPlan plan = BatchPlans.CreateEffects(data, options, Path.Combine(rig.Folder, "effects"));

        // Without a manifest the files to upload are those that the plan names.
        File.Delete(Path.Combine(plan.Directory, "manifest.json"));
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => rig.Backend().StartAsync(plan, new BatchJobRequest { MergeOnNode = true }, CancellationToken.None));
        BatchJobStart start = await rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 2 }, CancellationToken.None);
        BatchJob job = await BackendRig.WaitAsync(rig.Backend(), start.Job.Id);
        BatchResults results = await rig.Backend().CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal("MergeOnNode", refused.ParameterName);
        Assert.StartsWith("The pool 'tests' has nothing to do", job.Message, StringComparison.Ordinal);
        Assert.Equal((BatchJobState.Completed, 3, 3), (job.State, job.Done, job.Tasks));
        Assert.True(results.IsComplete, results.Message);
        EffectEstimate merged = plan.MergeEffects();
        EffectEstimate whole = EffectEstimator.Run(data, options);
        Assert.Equal(whole.Periods[0].HeldOutSynthetic!.Cast<double>(), merged.Periods[0].HeldOutSynthetic!.Cast<double>());
        Assert.Equal(whole.Effect.Average.ToString(), merged.Effect.Average.ToString());
        Assert.Equal(whole.Effect.Average.CiLow, merged.Effect.Average.CiLow);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task The_same_plan_is_not_started_twice_and_what_is_done_is_not_done_again()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);

        BatchJobStart first = await rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 2 }, CancellationToken.None);
        BatchJobStart second = await rig.Backend().StartAsync(plan, new BatchJobRequest(), CancellationToken.None);
        await BackendRig.WaitAsync(rig.Backend(), first.Job.Id);
        BatchJobStart third = await rig.Backend().StartAsync(BatchPlans.Load(plan.Directory), new BatchJobRequest { JobId = first.Job.Id }, CancellationToken.None);

        Assert.Equal((BatchJobStartOutcome.AlreadyRunning, first.Job.Id), (second.Outcome, second.Job.Id));
        Assert.Equal((BatchJobStartOutcome.NothingLeft, 8), (third.Outcome, third.Job.Done));
        Assert.True(plan.GetStatus().IsComplete);
        Assert.Single(rig.Requests, line => line.StartsWith("POST /jobs 201", StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Only_what_is_missing_runs_and_another_machine_receives_all_of_it()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        Directory.CreateDirectory(plan.ResultsDirectory);
        plan.RunTasks([0, 1, 5], Path.Combine(plan.ResultsDirectory, "mine.json"));
        AzureBatchBackend backend = rig.Backend();

        BatchJobStart start = await backend.StartAsync(plan, new BatchJobRequest { TaskGroupSize = 1, JobId = "rest" }, CancellationToken.None);
        BatchJob job = await BackendRig.WaitAsync(backend, start.Job.Id);
        List<BatchTask> tasks = [];
        await foreach (BatchTask task in rig.Batch().Tasks.ListAsync("rest"))
        {
            tasks.Add(task);
        }

        BatchPlan elsewhere = Copy(plan, Path.Combine(rig.Folder, "elsewhere"));
        BatchResults results = await backend.CollectAsync("rest", elsewhere.Directory, CancellationToken.None);
        Assert.Equal(["2", "3", "4", "6", "7"], tasks.Select(task => task.DisplayName).Order());
        Assert.Equal((BatchJobState.Completed, 8), (job.State, job.Done));
        Assert.True(results.IsComplete, results.Message);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task The_final_fit_is_made_on_a_node_when_asked()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        plan.RunTasks([0], Path.Combine(plan.ResultsDirectory, "mine.json"));
        AzureBatchBackend backend = rig.Backend();

        BatchJobStart start = await backend.StartAsync(plan, new BatchJobRequest { TaskGroupSize = 3, MergeOnNode = true }, CancellationToken.None);
        BatchJob job = await BackendRig.WaitAsync(backend, start.Job.Id);
        BatchResults results = await backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal(BatchJobState.Completed, job.State);
        Assert.True(results.IsComplete, results.Message);
        Assert.Equal((8, 0), (results.Done, results.Missing.Length));
        Assert.Equal(plan.FitFile, results.FitFile);
        Assert.Equal(JointFit.Run(TinyPlan.Data(), TinyPlan.Options(2, 4)).V, plan.ReadFit()!.V);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task An_existing_pool_is_used_as_it_is()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        await rig.Batch().Pools.CreateAsync(new BatchPoolCreateOptions
        {
            Id = "tests",
            VmSize = "standard_a1_v2",
            VirtualMachineConfiguration = new BatchVirtualMachineConfiguration
            {
                ImageReference = new BatchImageReference { Publisher = "canonical", Offer = "ubuntu-24_04-lts", Sku = "server" },
                NodeAgentSkuId = "batch.node.ubuntu 24.04",
            },
            TargetDedicatedNodes = 1,
            TaskSlotsPerNode = 2,
        });
        AzureBatchBackend backend = rig.Backend();

        BatchJobStart start = await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 8 }, CancellationToken.None);
        BatchJob job = await BackendRig.WaitAsync(backend, start.Job.Id);

        Assert.Equal(BatchJobState.Completed, job.State);
        Assert.Single(rig.Requests, line => line.Contains(" /pools", StringComparison.Ordinal) && !line.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Contains(rig.Steps, step => step.Message.StartsWith("Using the existing pool 'tests' as it is", StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_job_can_bring_its_own_pool_that_goes_with_it()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        rig.Config.PoolId = null;
        rig.Config.AutoPool = true;
        AzureBatchBackend backend = rig.Backend();

        BatchJobStart start = await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 8 }, CancellationToken.None);
        BatchJob job = await BackendRig.WaitAsync(backend, start.Job.Id);

        Assert.Equal(BatchJobState.Completed, job.State);
        Assert.NotNull(job.PoolId);
        await HangGuard.UntilAsync(async () => !await rig.Batch().Pools.ExistsAsync(job.PoolId));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_pool_scales_to_the_queue_and_then_to_nothing()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage, change: options => options with { AutoScaleTime = TimeSpan.FromSeconds(1) });
        rig.Config.ScaleToQueue = true;
        AzureBatchBackend backend = rig.Backend();

        BatchJobStart start = await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 1 }, CancellationToken.None);
        BatchJob job = await BackendRig.WaitAsync(backend, start.Job.Id);

        Assert.Equal(BatchJobState.Completed, job.State);
        await HangGuard.UntilAsync(async () => (await rig.Batch().Pools.GetAsync("tests")).Value is { TargetDedicatedNodes: 0, CurrentDedicatedNodes: 0 });
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Two_who_start_a_plan_at_the_same_time_get_one_job()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        BatchPlan copy = Copy(plan, Path.Combine(rig.Folder, "copy"));

        BatchJobStart[] starts = await Task.WhenAll(
            Task.Run(() => rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None)),
            Task.Run(() => rig.Backend().StartAsync(copy, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None)));

        Assert.Single(starts.Select(start => start.Job.Id).Distinct());
        Assert.Single(starts, start => start.Outcome == BatchJobStartOutcome.Started);
        Assert.Single(starts, start => start.Outcome == BatchJobStartOutcome.AlreadyRunning);
        await BackendRig.WaitAsync(rig.Backend(), starts[0].Job.Id);

        // The one who came second made a record and took it back, which concerns nobody.
        Assert.DoesNotContain(rig.Steps, step => step.Kind == JobStepKind.Warning);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task One_who_looked_before_another_had_started_and_ended_the_plan_gets_that_job()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        BatchPlan copy = Copy(plan, Path.Combine(rig.Folder, "copy"));
        StandstillPolicy slow = new();
        rig.OnStep = told =>
        {
            if (told.Message.StartsWith("8 of 8 tasks", StringComparison.Ordinal))
            {
                rig.OnStep = null;
                slow.StandStill();
            }
        };

        Task<BatchJobStart> late = Task.Run(() => rig.Backend(slow).StartAsync(plan, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None));
        await slow.Reached;
        BatchJobStart quick = await rig.Backend().StartAsync(copy, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None);
        await BackendRig.WaitAsync(rig.Backend(), quick.Job.Id);
        slow.WakeUp();

        Assert.Equal((BatchJobStartOutcome.AlreadyRunning, quick.Job.Id), ((await late).Outcome, (await late).Job.Id));
        Assert.Single(rig.Requests, line => line.StartsWith("POST /jobs 201", StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task One_who_looked_before_another_was_cut_off_goes_on_with_that_job()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        BatchPlan copy = Copy(plan, Path.Combine(rig.Folder, "copy"));
        StandstillPolicy slow = new();
        StandstillPolicy cutOff = new();
        rig.OnStep = told => StandStillAt(told, "8 of 8 tasks", slow);
        Task<BatchJobStart> late = Task.Run(() => rig.Backend(slow).StartAsync(plan, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None));
        await slow.Reached;
        rig.OnStep = told => StandStillAt(told, "Making the job", cutOff);
        Task<BatchJobStart> early = Task.Run(() => rig.Backend(cutOff).StartAsync(copy, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None));
        await cutOff.Reached;
        JobRecord begun = Assert.Single(await RecordsAsync(rig));
        await BlobLease.BreakAsync(rig.Services().Home, JobLayout.ClaimBlob(begun.Id), CancellationToken.None);

        slow.WakeUp();
        BatchJobStart start = await late;
        cutOff.WakeUp();
        await Record.ExceptionAsync(() => early);

        Assert.Equal((BatchJobStartOutcome.Resumed, begun.Id), (start.Outcome, start.Job.Id));
        Assert.Equal(begun.Id, Assert.Single(await RecordsAsync(rig)).Id);
        Assert.Equal(BatchJobState.Completed, (await BackendRig.WaitAsync(rig.Backend(), begun.Id)).State);

        void StandStillAt(JobStep told, string words, StandstillPolicy policy)
        {
            if (told.Message.StartsWith(words, StringComparison.Ordinal))
            {
                rig.OnStep = null;
                policy.StandStill();
            }
        }
    }

    private static async Task<List<JobRecord>> RecordsAsync(BackendRig rig)
    {
        List<JobRecord> records = [];
        await foreach (JobRecord record in rig.Services().Records.ListAsync(CancellationToken.None))
        {
            records.Add(record);
        }

        return records;
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Job_ids_are_checked_and_belong_to_one_plan()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        AzureBatchBackend backend = rig.Backend();
        await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { JobId = "mine", TaskGroupSize = 8 }, CancellationToken.None);
        await rig.Batch().Jobs.CreateAsync(new BatchJobCreateOptions { Id = "theirs", PoolInfo = new BatchPoolInfo { PoolId = "tests" } });
        BatchPlan other = TinyPlan.Create(rig.Folder, seed: 2);

        Task<BatchJobException> Error(string id) => Assert.ThrowsAsync<BatchJobException>(
            () => backend.StartAsync(other, new BatchJobRequest { JobId = id }, CancellationToken.None));
        Assert.Equal("JobIdInUse", (await Error("mine")).ErrorId);
        Assert.Equal("JobIdInUse", (await Error("theirs")).ErrorId);
        int asked = rig.Requests.Count;
        Assert.Equal("InvalidJobId", (await Error("no such id")).ErrorId);
        Assert.Equal("InvalidJobId", (await Error(new string('a', 59))).ErrorId);
        Assert.Equal(asked, rig.Requests.Count);
        Assert.Equal("JobNotFound", (await Assert.ThrowsAsync<BatchJobException>(() => backend.GetAsync("theirs", CancellationToken.None))).ErrorId);
        Assert.Equal(BatchJobState.Completed, (await BackendRig.WaitAsync(backend, "mine")).State);
        Assert.NotNull((await rig.Batch().Jobs.GetAsync("theirs")).Value);
    }

    private static BatchPlan Copy(BatchPlan plan, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (string file in Directory.EnumerateFiles(plan.Directory))
        {
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        }

        return BatchPlans.Load(directory);
    }
}
