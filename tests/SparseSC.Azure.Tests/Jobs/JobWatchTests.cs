using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Jobs.Watch;
using SparseSC.Batch.Jobs;
using SparseSC.BatchServer.State;
using BatchJob = SparseSC.Batch.Jobs.BatchJob;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Jobs that something happened to, as the observer sees them.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class JobWatchTests(AzuriteFixture fixture)
{
    // Keeps the last group busy while the test looks.
    private const string SlowLast = """{"kind":"slowDisk","task":"group-000005","seconds":4,"times":1}""";

    [AzuriteFact]
    public async Task A_failed_task_is_taken_back_by_a_job_that_goes_on_and_keeps_its_logs()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, SlowLast);
        world.Config.MaxTaskRetryCount = 0;
        world.Open();
        await File.WriteAllTextAsync(world.BadTasks, "0-1\n");
        string id = await world.StartAsync(groupSize: 2);
        BatchJob job = await world.UntilAsync(id, job => job.Failed > 0 && job.Done >= 8);

        Assert.Equal((BatchJobState.Running, 2, 2), (job.State, job.Failed, job.Nodes));
        BatchResults early = await world.Backend.CollectAsync(id, world.PathOf("early"), CancellationToken.None);
        Assert.Equal((8, false), (early.Done, early.IsComplete));
        Assert.Equal([0, 1], early.Failed.Select(failure => failure.Task));
        Assert.Contains("The job still has 2 of them to do.", early.Message, StringComparison.Ordinal);
        JobTaskOutput before = Assert.Single(await world.OutputAsync(id, "group-000000"));
        Assert.Contains("Task 0-1 is bad.", before.StandardError, StringComparison.Ordinal);

        File.Delete(world.BadTasks);
        await world.Backend.RestartAsync(id, ["group-000000"], CancellationToken.None);
        job = await world.WaitAsync(id);

        Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done));
        Assert.DoesNotContain(world.Requests, line => line.Contains("_r2", StringComparison.Ordinal));
        Assert.Contains(world.Requests, line => line.Contains("/tasks/group-000000/reactivate 204", StringComparison.Ordinal));
        JobTaskOutput[] outputs = await world.OutputAsync(id, "group-000000");
        Assert.Equal([(1, false), (2, true)], outputs.Select(output => (output.Run, output.IsLatest)));
        Assert.Contains("Task 0-1 is bad.", outputs[0].StandardError, StringComparison.Ordinal);
        Assert.Equal("", outputs[1].StandardError);
        await world.AssertReceivedAsync(id);
    }

    [AzuriteFact]
    public async Task A_task_that_lost_its_access_goes_to_a_further_run_while_the_first_goes_on()
    {
        await using JobWorld world = await JobWorld.StartAsync(
            fixture, SlowLast + """,{"kind":"expiredSas","when":"upload","task":"group-000000","times":1}""");
        string id = await world.StartAsync(groupSize: 2);
        await world.UntilAsync(id, job => job.Failed > 0);

        BatchJob job = await world.Backend.RestartAsync(id, null, CancellationToken.None);
        Assert.Equal(BatchJobState.Running, job.State);
        job = await world.WaitAsync(id);

        Assert.Equal((BatchJobState.Completed, 12, 0), (job.State, job.Done, job.Failed));
        Assert.Contains(world.Requests, line => line.Contains($"/jobs/{id}_r2", StringComparison.Ordinal));
        Assert.Equal(6, (await world.TasksAsync(id)).Length);
        await world.AssertReceivedAsync(id);
    }

    [AzuriteFact]
    public async Task Logs_are_read_from_storage_when_pool_and_job_are_gone()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        await File.WriteAllTextAsync(world.BadTasks, "0-3\n");
        BatchJob job = await world.RunAsync(groupSize: 4);
        await world.Services.Batch.Pools.DeleteAsync("fits");
        await world.Services.Batch.Jobs.DeleteAsync(job.Id);

        BatchJob gone = await world.UntilAsync(job.Id, job => job.State == BatchJobState.Interrupted);
        Assert.Equal((8, 0), (gone.Done, gone.Failed));
        Assert.Contains("does not exist in the Batch account any more", gone.Message, StringComparison.Ordinal);
        JobTaskOutput output = Assert.Single(await world.OutputAsync(job.Id, "group-000000"));
        Assert.Contains("Task 0-3 is bad.", output.StandardError, StringComparison.Ordinal);
        Assert.Empty(await world.TasksAsync(job.Id));

        BatchResults results = await world.Backend.CollectAsync(job.Id, world.PathOf("elsewhere"), CancellationToken.None);
        Assert.Equal((8, 4), (results.Done, results.Missing.Length));
        File.Delete(world.BadTasks);
        BatchJobStart again = await world.Backend.StartAsync(world.Plan, new BatchJobRequest(), CancellationToken.None);
        Assert.Equal((job.Id, BatchJobStartOutcome.Resumed), (again.Job.Id, again.Outcome));
        job = await world.WaitAsync(job.Id);
        Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done));
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteFact]
    public async Task A_start_task_that_fails_everywhere_ends_the_wait_with_the_reason()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        world.Config.StartTaskCommandLine = "/bin/sh -c \"exit 3\"";
        world.Open();

        BatchJob job = await world.RunAsync();

        Assert.Equal((BatchJobState.Interrupted, 0, 0), (job.State, job.Done, job.Nodes));
        Assert.StartsWith("The start task failed on 2 machines of the pool 'fits' (exit 3, FailureExitCode", job.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_quota_that_keeps_the_pool_empty_is_named()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, change: options => options with { Quotas = new Quotas(null, null, 0, 0) });

        BatchJob job = await world.RunAsync();

        Assert.Equal(BatchJobState.Interrupted, job.State);
        Assert.StartsWith("No machine of the pool 'fits' has come up (AccountCoreQuotaReached", job.Message, StringComparison.Ordinal);
        Assert.Contains("{VmSize}", job.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_wait_says_once_why_no_machine_comes_while_it_goes_on()
    {
        await using JobWorld world = await JobWorld.StartAsync(
            fixture, change: options => options with { Quotas = new Quotas(null, null, 0, 0), AutoScaleTime = TimeSpan.FromSeconds(1) });
        world.Config.ScaleToQueue = true;
        world.Open();
        string id = await world.StartAsync();
        await world.UntilAsync(id, job => job.NeedsAttention);

        List<string> news = [];
        int looks = 0;
        using CancellationTokenSource enough = new();
        SynchronousProgress<JobProgress> progress = new(seen =>
        {
            news.AddRange(seen.News is { } sentence ? [sentence] : []);
            if (++looks == 8)
            {
                enough.Cancel();
            }
        });
        BatchJob job = await new JobWaiter(world.Backend).WaitAsync(id, null, progress, CancellationToken.None, enough.Token);

        Assert.Equal(BatchJobState.Running, job.State);
        Assert.Single(news, sentence => sentence.StartsWith("No machine of the pool 'fits' has come up (AccountCoreQuotaReached", StringComparison.Ordinal));
        Assert.Equal(news.Distinct(), news);
    }

    [AzuriteFact]
    public async Task A_pool_that_is_taken_away_ends_the_wait()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, """{"kind":"slowDisk","seconds":3}""");
        string id = await world.StartAsync();
        await world.Services.Batch.Pools.DeleteAsync("fits");

        BatchJob job = await world.WaitAsync(id);

        Assert.Equal(BatchJobState.Interrupted, job.State);
        Assert.Contains("The pool 'fits' does not exist any more", job.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_job_that_was_ended_or_stopped_says_so()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, """{"kind":"slowDisk","seconds":2}""");
        string id = await world.StartAsync(groupSize: 3);
        await world.Services.Batch.Jobs.TerminateAsync(id, "SomebodyElse");

        BatchJob job = await world.WaitAsync(id);

        Assert.Equal(BatchJobState.Interrupted, job.State);
        Assert.StartsWith($"The job '{id}' was ended (SomebodyElse). 12 of 12 tasks are left.", job.Message, StringComparison.Ordinal);
        await world.StartAsync(groupSize: 3);
        job = await world.Backend.StopAsync(id, CancellationToken.None);
        Assert.Equal(BatchJobState.Stopped, job.State);
        Assert.StartsWith("12 of 12 tasks are left. Start the job again to compute only these. The pool 'fits' has nothing to do", job.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task The_list_has_the_newest_first_and_one_damaged_record_hides_no_other()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        BatchJob first = await world.RunAsync(groupSize: 6);
        BatchJobStart second = await world.Backend.StartAsync(world.Plan, new BatchJobRequest { JobId = "second" }, CancellationToken.None);
        await world.Services.Home.WriteTextAsync(JobLayout.RecordBlob("broken"), "{\"id\":");

        List<BatchJob> jobs = [];
        await foreach (BatchJob job in world.Backend.ListAsync(CancellationToken.None))
        {
            jobs.Add(job);
        }

        Assert.Equal(["second", first.Id], jobs.Select(job => job.Id));
        Assert.All(jobs, job => Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done)));
        Assert.Equal(BatchJobStartOutcome.NothingLeft, second.Outcome);
    }

    [AzuriteFact]
    public async Task A_result_that_is_not_what_it_should_be_is_refused_by_name_and_computed_anew()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        BatchJob job = await world.RunAsync(groupSize: 6);
        await world.Services.Storage.Container(job.ContainerName!).WriteTextAsync(JobLayout.ResultBlob(job.Id, "group-000001"), "{\"format\":\"sparsesc-res");

        BatchResults results = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal((6, false), (results.Done, results.IsComplete));
        Assert.EndsWith($"{job.Id}.group-000001.json", Assert.Single(results.Invalid).File, StringComparison.Ordinal);
        Assert.Contains("1 result files were refused", results.Message, StringComparison.Ordinal);
        await world.StartAsync();
        job = await world.WaitAsync(job.Id);
        results = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        Assert.True(results.IsComplete, results.Message);
        world.AssertMergedEqualsFit(world.Plan.Directory);
    }

    [AzuriteFact]
    public async Task A_result_that_was_lost_in_storage_is_named_and_only_it_is_computed_anew()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        BatchJob job = await world.RunAsync(groupSize: 1);
        await world.Services.Storage.Container(job.ContainerName!).DeleteBlobAsync(JobLayout.ResultBlob(job.Id, "group-000007"));

        BatchResults results = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal((11, "1 of 12 results are missing (fold 1 at penalty 3)."), (results.Done, results.Message));
        BatchJobStart again = await world.Backend.StartAsync(world.Plan, new BatchJobRequest(), CancellationToken.None);
        Assert.Equal(BatchJobStartOutcome.Resumed, again.Outcome);
        Assert.Contains(world.Steps, step => step.Message.StartsWith("1 of 12 tasks of the plan are left", StringComparison.Ordinal));
        await world.WaitAsync(job.Id);
        results = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        Assert.True(results.IsComplete, results.Message);
        world.AssertMergedEqualsFit(world.Plan.Directory);
    }

    [AzuriteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_to_go_goes_when_the_results_are_safe_and_not_before(bool mergeOnNode)
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        (world.Config.RemoveJobWhenDone, world.Config.RemoveContainerWhenDone, world.Config.RemovePoolWhenDone) = (true, true, true);
        world.Open();
        await File.WriteAllTextAsync(world.BadTasks, "0-3\n");
        BatchJob job = await world.RunAsync(groupSize: 4, mergeOnNode);

        BatchResults partial = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        Assert.Equal((8, false), (partial.Done, partial.IsComplete));
        Assert.DoesNotContain(world.Requests, line => line.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.Equal(8, (await world.Backend.GetAsync(job.Id, CancellationToken.None)).Done);

        File.Delete(world.BadTasks);
        job = await world.WaitAsync((await world.Backend.RestartAsync(job.Id, null, CancellationToken.None)).Id);
        BatchResults results = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.True(results.IsComplete, results.Message);
        Assert.DoesNotContain(world.Steps, step => step.Kind == JobStepKind.Warning);
        Assert.Equal("JobNotFound", (await Assert.ThrowsAsync<Core.Errors.BatchJobException>(() => world.Backend.GetAsync(job.Id, CancellationToken.None))).ErrorId);
        Assert.Contains(world.Requests, line => line.StartsWith("DELETE /pools/fits", StringComparison.Ordinal));
        world.AssertMergedEqualsFit(world.Plan.Directory);
    }

    [AzuriteFact]
    public async Task Many_tasks_are_listed_once_and_then_only_what_changed()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, folds: 10, penalties: 250);
        await world.Services.Batch.Pools.CreateAsync(new BatchPoolCreateOptions
        {
            Id = "fits",
            VmSize = "standard_d4s_v5",
            TargetDedicatedNodes = 0,
            VirtualMachineConfiguration = new BatchVirtualMachineConfiguration
            {
                ImageReference = new BatchImageReference { Publisher = "canonical", Offer = "ubuntu-24_04-lts", Sku = "server", Version = "latest" },
                NodeAgentSkuId = "batch.node.ubuntu 24.04",
            },
        });
        string id = await world.StartAsync();
        world.Open();
        int before = world.Requests.Count;
        BatchJob job = await world.Backend.GetAsync(id, CancellationToken.None);

        // The job, three pages of tasks, pool, nodes and the job's preparation on them.
        Assert.Equal(7, world.Requests.Count - before);
        Assert.Equal((BatchJobState.Interrupted, 2500, 0), (job.State, job.Left, job.Nodes));
        Assert.Contains("its size is 0", job.Message, StringComparison.Ordinal);

        RunReader reader = new(world.Services);
        RunTasks tasks = new(reader, overlap: TimeSpan.Zero);
        Batch.BatchJob run = (await reader.FindRunAsync(await new JobRecords(world.Services).ReadAsync(id, CancellationToken.None), id, CancellationToken.None))!;
        Assert.Equal(2500, (await tasks.ListAsync(run, CancellationToken.None)).Count);
        before = world.Requests.Count;
        await world.Services.Batch.Tasks.TerminateAsync(id, "group-000007");
        IReadOnlyCollection<BatchTask> later = await tasks.ListAsync(run, CancellationToken.None);
        Assert.Equal(2, world.Requests.Count - before);
        Assert.Equal(2500, later.Count);
        Assert.Equal("group-000007", Assert.Single(later, task => task.State == BatchTaskState.Completed).Id);
    }
}
