using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Jobs that take long: what a wait costs, and what it says meanwhile.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class PatienceTests(AzuriteFixture storage)
{
    [AzuriteFact(NeedsUnix = true)]
    public async Task A_long_wait_makes_at_most_six_requests_a_minute()
    {
        FaultPlan slow = new(1, [new FaultRule { Kind = "slowDisk", Task = "group-*", Seconds = 1200 }]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, slow);
        AzureBatchBackend starter = rig.Backend();
        string id = (await starter.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None)).Job.Id;
        await HangGuard.UntilAsync(async () => (await starter.GetAsync(id, CancellationToken.None)).Running > 0);

        JumpingTime time = new();
        CountingPolicy requests = new();
        List<(TimeSpan At, int Requests)> looks = [];
        using CancellationTokenSource enough = new();
        SynchronousProgress<JobProgress> progress = new(_ =>
        {
            looks.Add((time.Elapsed, requests.Count));
            if (time.Elapsed > TimeSpan.FromMinutes(31))
            {
                enough.Cancel();
            }
        });
        SparseSC.Batch.Jobs.BatchJob job = await new JobWaiter(rig.Backend(requests), null, time).WaitAsync(id, null, progress, CancellationToken.None, enough.Token);

        Assert.Equal(BatchJobState.Running, job.State);
        Assert.True(looks.Count(look => look.At <= TimeSpan.FromMinutes(1)) >= 6);
        int at10 = looks.Last(look => look.At <= TimeSpan.FromMinutes(10)).Requests;
        int at30 = looks.Last(look => look.At <= TimeSpan.FromMinutes(30)).Requests;
        Assert.InRange(at30 - at10, 1, 20 * 6);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Without_Spot_machines_to_be_had_the_job_waits_and_says_why_until_there_are_some()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage, change: options => options with { Quotas = Quotas.None with { SpotNodes = 0 } });
        (rig.Config.DedicatedNodeCount, rig.Config.SpotNodeCount) = (0, 2);
        AzureBatchBackend backend = rig.Backend();

        SparseSC.Batch.Jobs.BatchJob started = (await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None)).Job;
        List<string?> news = [];
        SparseSC.Batch.Jobs.BatchJob waited = await new JobWaiter(backend, null, new JumpingTime()).WaitAsync(
            started.Id, TimeSpan.FromHours(1), new SynchronousProgress<JobProgress>(seen => news.Add(seen.News)), CancellationToken.None);

        Assert.All([started, waited], job =>
        {
            Assert.Equal((BatchJobState.Running, true), (job.State, job.NeedsAttention));
            Assert.StartsWith("No machine of the pool 'tests' has come up (AllocationFailed", job.Message, StringComparison.Ordinal);
            Assert.Contains("The service goes on seeking Spot machines", job.Message, StringComparison.Ordinal);
        });
        Assert.Single(news, sentence => sentence is not null);

        rig.OfferSpotNodes(null);
        Assert.Equal(BatchJobState.Completed, (await BackendRig.WaitAsync(backend, started.Id)).State);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Dedicated_machines_stand_in_when_no_Spot_machine_comes_and_the_pool_stops_by_itself()
    {
        await using BackendRig rig = await BackendRig.StartAsync(
            storage, change: options => options with { Quotas = Quotas.None with { SpotNodes = 0 }, AutoScaleTime = TimeSpan.FromMilliseconds(500) });
        (rig.Config.DedicatedNodeCount, rig.Config.SpotNodeCount, rig.Config.DedicatedFallback) = (0, 2, 1);
        rig.Config.StopPoolAfter = TimeSpan.FromMinutes(5);
        AzureBatchBackend backend = rig.Backend();

        string id = (await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None)).Job.Id;
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(backend, id);

        Assert.Equal((BatchJobState.Completed, ""), (job.State, job.Message));
        await HangGuard.UntilAsync(async () => (await rig.Batch().Pools.GetAsync("tests")).Value is { CurrentDedicatedNodes: 0, TargetDedicatedNodes: 0, TargetSpotNodes: 0 });
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task What_a_job_costs_is_said_before_and_after_it_and_while_its_pool_idles()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        (rig.Config.PricePerHour, rig.Config.JobPriority) = (0.25, 7);
        AzureBatchBackend backend = rig.Backend();

        string id = (await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest(), CancellationToken.None)).Job.Id;
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(backend, id);
        BatchResults results = await backend.CollectAsync(id, null, CancellationToken.None);

        Assert.Contains(rig.Steps, step => step.Kind == JobStepKind.Warning && step.Message.StartsWith("The tasks are about 1 s of computing: {FitHere} here is faster", StringComparison.Ordinal));
        Assert.Contains(rig.Steps, step => step.Message.Contains("machine-hours of Standard_D4s_v5 with 4 tasks at once, about 0.00", StringComparison.Ordinal));
        Assert.Contains(rig.Steps, step => step.Message.Contains("machine-minutes, about 0.00", StringComparison.Ordinal) && step.Message.Contains("and computed for", StringComparison.Ordinal));
        Assert.Equal((BatchJobState.Completed, true), (job.State, job.NeedsAttention));
        Assert.StartsWith("The pool 'tests' has nothing to do, and its 2 machines go on to cost, 0.50 an hour, until it is removed: {RemovePool}.", job.Message, StringComparison.Ordinal);
        Assert.Equal(7, (await rig.Batch().Jobs.GetAsync(id)).Value.Priority);
        Assert.True(results.IsComplete);

        await backend.RemoveAsync(id, new BatchJobRemoval { Job = false, Pool = true }, CancellationToken.None);
        Assert.Equal("", (await backend.GetAsync(id, CancellationToken.None)).Message);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Whoever_interrupts_before_the_record_is_made_is_told_of_nothing_that_was_not_made()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        using CancellationTokenSource cancel = new();
        CountingPolicy atRecord = new(request =>
        {
            if (request.Method.Method == "PUT" && request.Uri.Path.EndsWith("job.json", StringComparison.Ordinal))
            {
                cancel.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => rig.Backend(atRecord).StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 4 }, cancel.Token));

        Assert.DoesNotContain(rig.Steps, step => step.Kind == JobStepKind.Warning);
        Assert.DoesNotContain(await rig.BlobsAsync(), name => name.StartsWith("home/", StringComparison.Ordinal));
    }
}
