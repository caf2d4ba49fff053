using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;
using BatchJob = SparseSC.Core.Jobs.BatchJob;
using BatchJobState = SparseSC.Core.Jobs.BatchJobState;

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
        Assert.True(job.Message.Length == 0, job.Message);
        Assert.Equal((BatchJobState.Completed, 8, 8), (job.State, job.Done, job.Tasks));
        Assert.True(results.IsComplete, results.Message);
        SyntheticControlFit merged = plan.Merge();
        SyntheticControlFit fitted = JointFit.Run(TinyPlan.Data(), TinyPlan.Options(2, 4));
        Assert.Equal(fitted.V, merged.V);
        Assert.Equal(fitted.Scores, merged.Scores);
        BatchPool pool = (await rig.Batch().Pools.GetAsync("tests")).Value;
        Assert.Equal((2, 4), (pool.TargetDedicatedNodes, pool.TaskSlotsPerNode));
    }
}
