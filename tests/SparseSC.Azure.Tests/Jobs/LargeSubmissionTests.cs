using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

[Collection(AzuriteCollection.Name)]
public sealed class LargeSubmissionTests(AzuriteFixture storage)
{
    [AzuriteFact(NeedsUnix = true)]
    public async Task A_thousand_tasks_of_a_plan_run_on_eight_slots()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder, folds: 10, penalties: 100);
        AzureBatchBackend backend = rig.Backend();

        BatchJobStart start = await backend.StartAsync(plan, new BatchJobRequest { TaskGroupSize = 50 }, CancellationToken.None);
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(backend, start.Job.Id);
        BatchResults results = await backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.True(job.State == BatchJobState.Completed, job.Message);
        Assert.Equal((1000, 1000), (job.Done, results.Done));
        Assert.Equal(20, (await rig.Batch().Tasks.GetCountsAsync(job.Id)).Value.TaskCounts.Succeeded);
        Assert.Equal(8, PoolSlotsOf((await rig.Batch().Pools.GetAsync("tests")).Value));
    }

    [AzuriteFact]
    public async Task Twenty_thousand_tasks_are_submitted_a_hundred_at_a_time()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        rig.Config.DedicatedNodeCount = 0;
        BatchPlan plan = TinyPlan.Create(rig.Folder, folds: 20, penalties: 1000);

        BatchJobStart start = await rig.Backend().StartAsync(plan, new BatchJobRequest { TaskGroupSize = 1 }, CancellationToken.None);

        // A hundred tasks a request; and the last words say how the job stands, for which its tasks are listed by the thousand.
        Assert.InRange(rig.Requests.Count, 200 + 20, 230);
        Assert.Equal(20_000, start.Job.Tasks);
        Assert.Equal(20_000, (await rig.Batch().Tasks.GetCountsAsync(start.Job.Id)).Value.TaskCounts.Active);
        Assert.Equal(200, rig.Requests.Count(line => line.EndsWith("addtaskcollection 200", StringComparison.Ordinal)));
        Assert.Contains(rig.Steps, step => step is { Kind: JobStepKind.Progress, Done: 20_000, Total: 20_000 });
    }

    private static int PoolSlotsOf(BatchPool pool) => pool.TaskSlotsPerNode!.Value * pool.CurrentDedicatedNodes!.Value;
}
