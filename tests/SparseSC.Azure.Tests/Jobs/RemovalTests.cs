using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

[Collection(AzuriteCollection.Name)]
public sealed class RemovalTests(AzuriteFixture storage)
{
    [AzuriteFact(NeedsUnix = true)]
    public async Task Stopping_ends_what_runs_and_keeps_the_job()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        AzureBatchBackend backend = await StartSleepingAsync(rig);

        SparseSC.Batch.Jobs.BatchJob stopped = await backend.StopAsync("sleeping", CancellationToken.None);
        SparseSC.Batch.Jobs.BatchJob again = await backend.StopAsync("sleeping", CancellationToken.None);

        Assert.Equal(BatchJobState.Stopped, stopped.State);
        Assert.Equal(BatchJobState.Stopped, again.State);
        Assert.Equal(Batch.BatchJobState.Completed, (await rig.Batch().Jobs.GetAsync("sleeping")).Value.State);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_running_job_and_its_pool_and_container_are_refused()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        AzureBatchBackend backend = await StartSleepingAsync(rig);

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(
            () => backend.RemoveAsync("sleeping", new BatchJobRemoval { Container = true, Pool = true, Force = true }, CancellationToken.None));

        Assert.Equal("JobIsRunning", error.ErrorId);
        Assert.DoesNotContain(rig.Requests, line => line.StartsWith("DELETE", StringComparison.Ordinal));
        await backend.StopAsync("sleeping", CancellationToken.None);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_container_goes_only_when_its_results_are_received_with_the_same_content()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        (AzureBatchBackend backend, BatchPlan plan) = await FinishAsync(rig);
        BatchJobRemoval container = new() { Job = false, Container = true };
        Task<BatchJobException> Refused() => Assert.ThrowsAsync<BatchJobException>(() => backend.RemoveAsync("done", container, CancellationToken.None));

        BatchJobException before = await Refused();
        await backend.CollectAsync("done", null, CancellationToken.None);
        string file = Directory.GetFiles(plan.ResultsDirectory).Order(StringComparer.Ordinal).First();
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("\"scores\"", "\"Scores\"", StringComparison.Ordinal));
        BatchJobException changed = await Refused();
        File.WriteAllText(file, text);
        await backend.RemoveAsync("done", container, CancellationToken.None);

        Assert.Equal(("ResultsNotReceived", "ResultsNotReceived"), (before.ErrorId, changed.ErrorId));
        Assert.StartsWith("2 results", before.Message, StringComparison.Ordinal);
        Assert.StartsWith("1 results", changed.Message, StringComparison.Ordinal);
        Assert.Contains("home/jobs/done/job.json", await rig.BlobsAsync());
        Assert.DoesNotContain(await rig.BlobsAsync(), name => name.StartsWith("outputs/", StringComparison.Ordinal) || name.StartsWith("inputs/plans/", StringComparison.Ordinal));
        Assert.True(plan.GetStatus().IsComplete);
        Assert.True(await rig.Batch().Pools.ExistsAsync("tests"));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Everything_goes_when_everything_is_asked_for_and_may_be_asked_for_again()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        (AzureBatchBackend backend, BatchPlan plan) = await FinishAsync(rig);
        await backend.CollectAsync("done", null, CancellationToken.None);

        await backend.RemoveAsync("done", new BatchJobRemoval { Container = true, Pool = true, BatchDirectory = true }, CancellationToken.None);

        Assert.False(Directory.Exists(plan.Directory));
        await HangGuard.UntilAsync(async () => !await rig.Batch().Pools.ExistsAsync("tests"));
        await HangGuard.UntilAsync(async () => await CountAsync(rig.Batch().Jobs.ListAsync()) == 0);
        Assert.All(await rig.BlobsAsync(), name => Assert.StartsWith("inputs/workers/", name, StringComparison.Ordinal));
        Assert.Equal("JobNotFound", (await Assert.ThrowsAsync<BatchJobException>(() => backend.GetAsync("done", CancellationToken.None))).ErrorId);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_removal_that_was_cut_off_can_be_made_again()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        (AzureBatchBackend backend, _) = await FinishAsync(rig);
        await rig.Batch().Jobs.DeleteAsync("done");
        await rig.Batch().Pools.DeleteAsync("tests");

        await backend.RemoveAsync("done", new BatchJobRemoval { Container = true, Pool = true, Force = true }, CancellationToken.None);

        Assert.All(await rig.BlobsAsync(), name => Assert.StartsWith("inputs/workers/", name, StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_job_goes_alone_when_nothing_else_is_asked_for()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        (AzureBatchBackend backend, BatchPlan plan) = await FinishAsync(rig);

        await backend.RemoveAsync("done", new BatchJobRemoval(), CancellationToken.None);

        IReadOnlyList<string> blobs = await rig.BlobsAsync();
        Assert.DoesNotContain(blobs, name => name.Contains("/jobs/", StringComparison.Ordinal) || name.Contains("/logs/", StringComparison.Ordinal) || name.StartsWith("inputs/plans/", StringComparison.Ordinal));
        Assert.Equal(2, blobs.Count(name => name.StartsWith("outputs/results/", StringComparison.Ordinal)));
        Assert.True(await rig.Batch().Pools.ExistsAsync("tests"));
        Assert.True(Directory.Exists(plan.Directory));

        // The results are still the plan's: another job finds nothing left to do.
        BatchJobStart start = await backend.StartAsync(plan, new BatchJobRequest(), CancellationToken.None);
        Assert.Equal(BatchJobStartOutcome.NothingLeft, start.Outcome);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_pool_with_someone_elses_job_is_not_removed()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        (AzureBatchBackend backend, _) = await FinishAsync(rig);
        await rig.Batch().Jobs.CreateAsync(new BatchJobCreateOptions { Id = "theirs", PoolInfo = new BatchPoolInfo { PoolId = "tests" } });

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(
            () => backend.RemoveAsync("done", new BatchJobRemoval { Pool = true }, CancellationToken.None));

        Assert.Equal("PoolInUse", error.ErrorId);
        Assert.DoesNotContain(rig.Requests, line => line.StartsWith("DELETE", StringComparison.Ordinal));
    }

    private static async Task<(AzureBatchBackend Backend, BatchPlan Plan)> FinishAsync(BackendRig rig)
    {
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        AzureBatchBackend backend = rig.Backend();
        await backend.StartAsync(plan, new BatchJobRequest { JobId = "done", TaskGroupSize = 4 }, CancellationToken.None);
        Assert.Equal(BatchJobState.Completed, (await BackendRig.WaitAsync(backend, "done")).State);
        return (backend, plan);
    }

    private static async Task<AzureBatchBackend> StartSleepingAsync(BackendRig rig)
    {
        rig.Config.CommandLine = "/bin/sh -c 'sleep 300; echo {input} {index} {output}'";
        AzureBatchBackend backend = rig.Backend();
        await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { JobId = "sleeping", TaskGroupSize = 4 }, CancellationToken.None);
        await HangGuard.UntilAsync(async () => (await backend.GetAsync("sleeping", CancellationToken.None)).Running > 0);
        return backend;
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<Batch.BatchJob> jobs)
    {
        int count = 0;
        await foreach (Batch.BatchJob job in jobs)
        {
            count += job.Id.Length > 0 ? 1 : 0;
        }

        return count;
    }
}
