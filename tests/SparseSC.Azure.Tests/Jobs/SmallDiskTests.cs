using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.BatchServer.State;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>What a node is asked to keep.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SmallDiskTests(AzuriteFixture storage)
{
    // Half a megabyte for a task, so that the plan alone fits about once for fifty tasks.
    private const int BytesPerTask = 500_000;
    private const int PlanBytes = 24 * 50_000 * sizeof(double);

    [AzuriteFact(NeedsUnix = true)]
    public async Task Tasks_whose_inputs_would_fill_the_disk_many_times_run_on_one_node()
    {
        int penalties = Large.Of("SPARSESC_TEST_DISK_TASKS", 40) / 2;
        long disk = Math.Max(2L * PlanBytes, (long)BytesPerTask * 2 * penalties);
        await using BackendRig rig = await BackendRig.StartAsync(
            storage, change: options => options with { Quotas = Quotas.None with { DiskBytes = disk } });
        (rig.Config.DedicatedNodeCount, rig.Config.WorkerPath) = (1, Large.Worker ?? rig.Config.WorkerPath);
        BatchPlan plan = TinyPlan.Create(rig.Folder, folds: 2, penalties: penalties, targets: 50_000);
        Assert.True(plan.Tasks * (long)PlanBytes > 5 * disk);

        BatchJobStart start = await rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 1 }, CancellationToken.None);
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), start.Job.Id);

        Assert.True(job.State == BatchJobState.Completed, job.Message);
        Assert.Equal(plan.Tasks, job.Done);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_task_that_never_ends_is_ended_although_no_limit_was_given()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        rig.Config.DedicatedNodeCount = 0;
        BatchPlan plan = TinyPlan.Create(rig.Folder);

        BatchJobStart measured = await rig.Backend().StartAsync(plan, new BatchJobRequest { JobId = "measured" }, CancellationToken.None);
        BatchJobStart not = await rig.Backend().StartAsync(
            TinyPlan.Create(rig.Folder, seed: 2), new BatchJobRequest { JobId = "not", TaskGroupSize = 1 }, CancellationToken.None);

        Assert.Equal(TimeSpan.FromHours(1), await LimitAsync(rig, measured.Job.Id));
        Assert.Equal(rig.Config.StorageAccessDuration, await LimitAsync(rig, not.Job.Id));
    }

    private static async Task<TimeSpan?> LimitAsync(BackendRig rig, string jobId) =>
        (await rig.Batch().Tasks.GetAsync(jobId, "group-000000")).Value.Constraints?.MaxWallClockTime;
}
