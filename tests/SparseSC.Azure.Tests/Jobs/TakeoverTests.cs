using SparseSC.Azure.Jobs;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.BatchServer.Faults;
using SparseSC.Core.Errors;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;
using JobRecord = SparseSC.Azure.Jobs.JobRecord;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Two submissions of one job, of which the first stands still until its claim has run out, and then wakes up.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TakeoverTests(AzuriteFixture storage)
{
    [AzuriteTheory(NeedsUnix = true)]
    [InlineData("Looking for jobs", null)]
    [InlineData("Asking which images", null)]
    [InlineData("Uploaded the worker", null)]
    [InlineData("Uploaded 4 files", null)]
    [InlineData("Making the pool", null)]
    [InlineData("Making the job", null)]
    [InlineData("Adding 4 tasks", null)]
    [InlineData(null, "PATCH")]
    public async Task A_submission_that_wakes_up_takes_nothing_from_the_one_that_took_over(string? step, string? method)
    {
        // Where the tasks are in already, they are not to be through before the other comes.
        await using BackendRig rig = await BackendRig.StartAsync(storage, new FaultPlan(1, [new FaultRule { Kind = "slowDisk", Seconds = method is null ? 0 : 1 }]));
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        BatchPlan copy = TinyPlan.Create(Path.Combine(rig.Folder, "copy"));
        Assert.Equal(plan.Hash, copy.Hash);
        StandstillPolicy first = new(method);
        rig.OnStep = told =>
        {
            if (step is not null && told.Message.StartsWith(step, StringComparison.Ordinal))
            {
                rig.OnStep = null;
                first.StandStill();
            }
        };

        Task<BatchJobStart> asleep = Task.Run(() => rig.Backend(first).StartAsync(plan, new BatchJobRequest { JobId = "shared", TaskGroupSize = 2 }, CancellationToken.None));
        await Task.WhenAny(asleep, first.Reached);
        Assert.False(asleep.IsCompleted);
        await BlobLease.BreakAsync(rig.Services().Home, JobLayout.ClaimBlob("shared"), CancellationToken.None);
        BatchJobStart second = await rig.Backend().StartAsync(copy, new BatchJobRequest { JobId = "shared", TaskGroupSize = 4 }, CancellationToken.None);
        first.WakeUp();
        Exception? woken = await Record.ExceptionAsync(() => asleep);
        SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), "shared");
        BatchResults results = await rig.Backend().CollectAsync("shared", Path.Combine(rig.Folder, "elsewhere"), CancellationToken.None);

        Assert.True(woken is null or BatchJobException, woken?.ToString());
        Assert.NotEqual(BatchJobStartOutcome.NothingLeft, second.Outcome);
        Assert.Equal((BatchJobState.Completed, 8), (job.State, job.Done));
        Assert.True(results.IsComplete, results.Message);
        Assert.True(await rig.Batch().Pools.ExistsAsync("tests"));
        JobRecord record = await new JobRecords(rig.Services()).ReadAsync("shared", CancellationToken.None);
        Assert.Null(record.Submitting);
        Assert.Contains($"inputs/{record.Inputs}plan.json", await rig.BlobsAsync());
        Assert.DoesNotContain(await rig.BlobsAsync(), name => name.StartsWith("inputs/plans/", StringComparison.Ordinal) && !name.StartsWith($"inputs/{record.Inputs}", StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_submission_that_wakes_up_when_its_tasks_are_done_leaves_their_results()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        BatchPlan copy = TinyPlan.Create(Path.Combine(rig.Folder, "copy"));
        StandstillPolicy first = new("PATCH");
        Task<BatchJobStart> asleep = Task.Run(() => rig.Backend(first).StartAsync(plan, new BatchJobRequest { JobId = "shared", TaskGroupSize = 2 }, CancellationToken.None));
        await Task.WhenAny(asleep, first.Reached);
        Assert.False(asleep.IsCompleted);
        await HangGuard.UntilAsync(async () => (await rig.BlobsAsync()).Count(name => name.StartsWith("outputs/results/", StringComparison.Ordinal)) == 4);

        await BlobLease.BreakAsync(rig.Services().Home, JobLayout.ClaimBlob("shared"), CancellationToken.None);
        BatchJobStart second = await rig.Backend().StartAsync(copy, new BatchJobRequest { JobId = "shared" }, CancellationToken.None);
        first.WakeUp();
        await Assert.ThrowsAsync<BatchJobException>(() => asleep);

        Assert.Equal(BatchJobStartOutcome.NothingLeft, second.Outcome);
        SparseSC.Batch.Jobs.BatchJob job = await rig.Backend().GetAsync("shared", CancellationToken.None);
        Assert.Equal((BatchJobState.Completed, 8), (job.State, job.Done));
        BatchResults results = await rig.Backend().CollectAsync("shared", Path.Combine(rig.Folder, "elsewhere"), CancellationToken.None);
        Assert.True(results.IsComplete, results.Message);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_submission_at_work_is_not_taken_over()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        StandstillPolicy first = new();
        rig.OnStep = told =>
        {
            if (told.Message.StartsWith("Making the job", StringComparison.Ordinal))
            {
                rig.OnStep = null;
                first.StandStill();
            }
        };

        Task<BatchJobStart> atWork = Task.Run(() => rig.Backend(first).StartAsync(plan, new BatchJobRequest { JobId = "shared", TaskGroupSize = 4 }, CancellationToken.None));
        await first.Reached;
        BatchJobStart second = await rig.Backend().StartAsync(plan, new BatchJobRequest { JobId = "shared" }, CancellationToken.None);
        first.WakeUp();

        Assert.Equal(BatchJobStartOutcome.AlreadyRunning, second.Outcome);
        Assert.Equal(BatchJobStartOutcome.Started, (await atWork).Outcome);
        Assert.Equal(BatchJobState.Completed, (await BackendRig.WaitAsync(rig.Backend(), "shared")).State);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_worker_in_storage_that_is_not_the_one_submitted_is_replaced_and_does_not_run()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        AzureServices services = rig.Services();
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        string sha256 = HexDigest.Of(rig.Config.WorkerPath!);
        string forged = Path.Combine(rig.Folder, "forged");
        string traces = Path.Combine(rig.Folder, "traces");

        // As somebody would forge it who can write there: of the same length, and with the hash that the genuine one has.
        string script = $"#!/bin/sh\ntouch '{traces}'\nexit 1\n";
        await File.WriteAllTextAsync(forged, script + new string('#', (int)new FileInfo(rig.Config.WorkerPath!).Length - script.Length));
        await services.Inputs.CreateIfMissingAsync();
        await services.Inputs.Client.GetBlobClient(JobLayout.WorkerBlob(sha256)).UploadAsync(
            forged, new global::Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = new Dictionary<string, string> { [ContentHash.MetadataKey] = sha256 } });
        await rig.Backend().StartAsync(plan, new BatchJobRequest { JobId = "j", TaskGroupSize = 8 }, CancellationToken.None);

        Assert.Equal(BatchJobState.Completed, (await BackendRig.WaitAsync(rig.Backend(), "j")).State);
        Assert.False(File.Exists(traces));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Results_of_a_container_that_is_gone_do_not_count_as_done()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        AzureBatchBackend backend = rig.Backend();
        await backend.StartAsync(plan, new BatchJobRequest { JobId = "j", TaskGroupSize = 4 }, CancellationToken.None);
        SparseSC.Batch.Jobs.BatchJob done = await BackendRig.WaitAsync(backend, "j");

        await rig.Services().Storage.Container(done.ContainerName!).DeleteAsync();
        SparseSC.Batch.Jobs.BatchJob gone = await rig.Backend().GetAsync("j", CancellationToken.None);
        BatchResults results = await rig.Backend().CollectAsync("j", null, CancellationToken.None);

        Assert.Equal((BatchJobState.Completed, 8), (done.State, done.Done));
        Assert.Equal((BatchJobState.Failed, 0), (gone.State, gone.Done));
        Assert.Contains($"container '{done.ContainerName}' does not exist any more", gone.Message, StringComparison.Ordinal);
        Assert.Equal((false, 0), (results.IsComplete, results.Done));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_receive_into_a_new_directory_that_is_cut_off_can_be_made_again()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        await rig.Backend().StartAsync(plan, new BatchJobRequest { JobId = "j", TaskGroupSize = 4 }, CancellationToken.None);
        await BackendRig.WaitAsync(rig.Backend(), "j");
        string elsewhere = Path.Combine(rig.Folder, "elsewhere");
        using CancellationTokenSource cancel = new();
        rig.OnStep = told =>
        {
            if (told.Message.StartsWith("Bringing the plan", StringComparison.Ordinal))
            {
                cancel.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Backend().CollectAsync("j", elsewhere, cancel.Token));
        rig.OnStep = null;

        Assert.Empty(Directory.EnumerateDirectories(rig.Folder, "elsewhere*"));
        BatchResults results = await rig.Backend().CollectAsync("j", elsewhere, CancellationToken.None);
        Assert.True(results.IsComplete, results.Message);
    }
}
