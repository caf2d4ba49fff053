using SparseSC.Azure.Jobs;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;
using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;
using BatchJobState = SparseSC.Core.Jobs.BatchJobState;

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
        Core.Jobs.BatchJob job = await new JobWaiter(rig.Backend(requests), null, time).WaitAsync(id, null, progress, CancellationToken.None, enough.Token);

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

        Core.Jobs.BatchJob started = (await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None)).Job;
        List<string?> news = [];
        Core.Jobs.BatchJob waited = await new JobWaiter(backend, null, new JumpingTime()).WaitAsync(
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
