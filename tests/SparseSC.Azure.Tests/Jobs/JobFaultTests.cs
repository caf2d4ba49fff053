using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Everything that the test server can get wrong, alone and mixed: no result is lost, none counted twice, and the model stays the same.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class JobFaultTests(AzuriteFixture fixture)
{
    private const string Everything = """
        {"kind":"status","status":429,"retryAfter":1,"probability":0.02},
        {"kind":"status","status":503,"probability":0.05},
        {"kind":"drop","when":"before","probability":0.05},
        {"kind":"drop","when":"after","probability":0.05},
        {"kind":"slow","seconds":0.1,"probability":0.05},
        {"kind":"taskServerError","probability":0.1},
        {"kind":"bodyTooLarge","maxTasks":40},
        {"kind":"preempt","seconds":0.01,"backAfter":0.2,"probability":0.03,"times":5},
        {"kind":"outOfMemory","probability":0.08,"times":16},
        {"kind":"expiredSas","when":"download","probability":0.03,"times":5},
        {"kind":"expiredSas","when":"upload","probability":0.03,"times":5},
        {"kind":"slowDisk","seconds":0.1,"probability":0.05},
        {"kind":"clockSkew","minutes":7}
        """;

    [AzuriteTheory]
    [InlineData("busy", """{"kind":"status","status":429,"retryAfter":1,"probability":0.2,"times":6},{"kind":"status","status":503,"probability":0.2}""")]
    [InlineData("drops before", """{"kind":"drop","when":"before","probability":0.2}""")]
    [InlineData("drops after", """{"kind":"drop","when":"after","probability":0.2}""")]
    [InlineData("server errors", """{"kind":"taskServerError","probability":0.4}""")]
    [InlineData("large bodies", """{"kind":"bodyTooLarge","maxTasks":2}""")]
    [InlineData("lost nodes", """{"kind":"preempt","seconds":0.01,"backAfter":0.2,"times":3}""")]
    [InlineData("slow disks", """{"kind":"slowDisk","seconds":0.3,"probability":0.5}""")]
    [InlineData("a clock ahead", """{"kind":"clockSkew","minutes":10}""")]
    [InlineData("a clock behind", """{"kind":"clockSkew","minutes":-10}""")]
    public async Task What_the_service_gets_over_nobody_notices(string what, string faults)
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, faults);

        BatchJob job = await world.RunAsync(groupSize: 2);

        Assert.True((job.State, job.Done, job.Failed) == (BatchJobState.Completed, 12, 0), $"{what}: {job.State}, {job.Done} done. {job.Message}");
        JobTask[] tasks = await world.TasksAsync(job.Id);
        Assert.Equal(6, tasks.Length);
        Assert.All(tasks, task => Assert.True(task.Duration >= TimeSpan.Zero));
        Assert.True(what != "lost nodes" || tasks.Sum(task => task.Requeues) > 0);
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteTheory]
    [InlineData("""{"kind":"outOfMemory","task":"group-000001","times":2}""", "Probably out of memory (exit 137): use a larger {VmSize}", 137, 1)]
    [InlineData("""{"kind":"expiredSas","when":"download","task":"group-000001","times":1}""", "Its input could not be fetched (BlobAccessDenied", null, 0)]
    [InlineData("""{"kind":"expiredSas","when":"upload","task":"group-000001","times":1}""", "could not be uploaded (FileUploadAccessDenied", 0, 0)]
    public async Task What_it_does_not_get_over_is_named_and_a_restart_mends_it(string faults, string diagnosis, int? exit, int retries)
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, faults);
        if (exit is null)
        {
            // Only a command of one's own has inputs for each task; others find theirs where the node was prepared.
            world.Config.CommandLine = "/bin/sh -c \"./sparsesc task --input {input} --index {index} --output {output}\"";
            world.Open();
        }

        BatchJob job = await world.RunAsync(groupSize: 2);

        Assert.Equal((BatchJobState.Failed, 10, 2), (job.State, job.Done, job.Failed));
        Assert.Contains(diagnosis, job.Message, StringComparison.Ordinal);
        JobTask task = Assert.Single(await world.TasksAsync(job.Id), task => task.State == JobTaskState.Failed);
        Assert.Equal(("group-000001", "2-3", exit, retries), (task.Id, task.PlanTasks, task.ExitCode, task.Retries));
        Assert.Contains(diagnosis, task.Diagnosis, StringComparison.Ordinal);

        BatchResults partial = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        Assert.Equal([2, 3], partial.Missing);
        Assert.Equal([2, 3], partial.Failed.Select(failure => failure.Task));
        Assert.All(partial.Failed, failure => Assert.Contains(diagnosis, failure.Message, StringComparison.Ordinal));

        job = await world.WaitAsync((await world.Backend.RestartAsync(job.Id, null, CancellationToken.None)).Id);
        Assert.Equal((BatchJobState.Completed, 12, 0), (job.State, job.Done, job.Failed));
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteFact]
    public async Task A_task_without_memory_runs_again_on_larger_machines_and_only_it()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, """{"kind":"outOfMemory","task":"group-000001","times":2}""");
        BatchJob job = await world.RunAsync(groupSize: 2);
        Assert.Equal((BatchJobState.Failed, 10, 2), (job.State, job.Done, job.Failed));

        job = await world.WaitAsync((await world.Backend.RestartAsync(job.Id, null, "Standard_E8s_v5", CancellationToken.None)).Id);

        Assert.Equal((BatchJobState.Completed, 12, "fits"), (job.State, job.Done, job.PoolId));
        SparseSC.Azure.Batch.BatchJob run = (await world.Services.Batch.Jobs.GetAsync($"{job.Id}_r2")).Value;
        Assert.Equal("Standard_E8s_v5", run.PoolInfo?.AutoPoolSpecification?.Pool?.VmSize, ignoreCase: true);
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteFact]
    public async Task What_a_task_writes_is_followed_until_it_is_over()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, """{"kind":"slowDisk","task":"group-*","seconds":0.5}""");
        await File.WriteAllTextAsync(world.BadTasks, "0-5\n");
        string id = await world.StartAsync(groupSize: 6);

        List<JobTaskOutput> pieces = [];
        await foreach (JobTaskOutput piece in new TaskOutputFollower(world.Backend).FollowAsync(id, "group-000000", CancellationToken.None))
        {
            pieces.Add(piece);
        }

        await world.WaitAsync(id);
        JobTaskOutput[] whole = await world.OutputAsync(id, "group-000000");
        Assert.Contains("Task 0-5 is bad.", whole[^1].StandardError, StringComparison.Ordinal);
        Assert.Contains(pieces, piece => piece.StandardError == whole[^1].StandardError);
        Assert.True(pieces.Count <= whole.Length + 1);
    }

    [AzuriteFact]
    public async Task A_task_over_its_time_names_the_limit()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, """{"kind":"slowDisk","seconds":0.2}""");
        world.Config.MaxWallClockTime = TimeSpan.FromMilliseconds(1);
        world.Open();

        BatchJob job = await world.RunAsync(groupSize: 6);

        Assert.Equal((BatchJobState.Failed, 0, 12), (job.State, job.Done, job.Failed));
        Assert.All(await world.TasksAsync(job.Id), task => Assert.Contains("{MaxWallClockTime}", task.Diagnosis, StringComparison.Ordinal));
        world.Config.MaxWallClockTime = null;
        world.Open();
        job = await world.WaitAsync((await world.Backend.RestartAsync(job.Id, null, CancellationToken.None)).Id);
        Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done));
    }

    /// <summary>Seeds of the faults; a longer run has more of them.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Large.Of("SPARSESC_TEST_SEEDS", 2))];

    [AzuriteTheory]
    [MemberData(nameof(Seeds))]
    public async Task Two_callers_get_two_hundred_tasks_through_everything_at_once(int seed)
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, Everything, folds: 10, penalties: 20, seed: seed);
        world.Config.MaxTaskRetryCount = 0;
        BatchPlan copy = BatchPlans.Create(JobWorld.Data, world.Options, world.PathOf("copy"));
        Assert.Equal(world.Plan.Hash, copy.Hash);

        BatchJob[] jobs = await Task.WhenAll(
            Task.Run(() => FinishAsync(world.Open(), world.Plan)), Task.Run(() => FinishAsync(world.Open(), copy)));

        Assert.Equal(jobs[0].Id, jobs[1].Id);
        Assert.All(jobs, job => Assert.Equal((BatchJobState.Completed, 200, 0), (job.State, job.Done, job.Failed)));
        int[] computed = [.. (await world.TasksAsync(jobs[0].Id)).SelectMany(task => IndexRanges.TryParse(task.PlanTasks, 200)!).Order()];
        Assert.Equal(computed.Distinct(), computed);
        await world.AssertReceivedAsync(jobs[0].Id);
    }

    [AzuriteFact]
    public async Task Two_hundred_tasks_through_everything_at_once()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, Everything, folds: 10, penalties: 20);
        world.Config.MaxTaskRetryCount = 0;
        world.Open();

        BatchJob job = await world.RunAsync(groupSize: 2);

        JobTask[] failed = [.. (await world.TasksAsync(job.Id)).Where(task => task.State == JobTaskState.Failed)];
        Assert.Equal(2 * failed.Length, job.Failed);
        if (job.State == BatchJobState.Interrupted)
        {
            // Where an address ran out before a node had the worker, the node takes no task of the job any more.
            Assert.Contains("The job's preparation failed on", job.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((BatchJobState.Failed, 200 - (2 * failed.Length)), (job.State, job.Done));
        }

        Assert.All(failed, task => Assert.True(
            task switch
            {
                { ExitCode: 137 } => task.Diagnosis.StartsWith("Probably out of memory (exit 137)", StringComparison.Ordinal),
                { ExitCode: null } => task.Diagnosis.Contains("BlobAccessDenied", StringComparison.Ordinal),
                { ExitCode: 0 } => task.Diagnosis.Contains("FileUploadAccessDenied", StringComparison.Ordinal),
                _ => false,
            },
            $"{task.Id}, exit {task.ExitCode}: {task.Diagnosis}"));
        BatchResults partial = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        Assert.Equal((job.Done, job.Failed, 0), (partial.Done, partial.Failed.Length, partial.Invalid.Length));

        for (int restarts = 0; job.State is BatchJobState.Failed or BatchJobState.Interrupted && restarts < 12; restarts++)
        {
            if (job.State == BatchJobState.Interrupted)
            {
                await world.Backend.StopAsync(job.Id, CancellationToken.None);
                await world.Backend.StartAsync(world.Plan, new BatchJobRequest { JobId = job.Id, TaskGroupSize = 2 }, CancellationToken.None);
                job = await world.WaitAsync(job.Id);
            }
            else
            {
                job = await world.WaitAsync((await world.Backend.RestartAsync(job.Id, null, CancellationToken.None)).Id);
            }
        }

        Assert.Equal((BatchJobState.Completed, 200, 0), (job.State, job.Done, job.Failed));
        await world.AssertReceivedAsync(job.Id);
    }

    // As somebody would who does not know of the other: start what is missing, wait, and begin again while something is left.
    private static async Task<BatchJob> FinishAsync(IBatchBackend backend, BatchPlan plan)
    {
        string? id = null;
        DateTime end = DateTime.UtcNow + HangGuard.Limit;
        while (DateTime.UtcNow < end)
        {
            try
            {
                BatchJobStart start = await backend.StartAsync(plan, new BatchJobRequest { JobId = id, TaskGroupSize = 2 }, CancellationToken.None);
                id = start.Job.Id;
                BatchJob job = await new JobWaiter(backend).WaitAsync(id, HangGuard.Limit, null, CancellationToken.None);
                if (job.State == BatchJobState.Completed)
                {
                    return job;
                }

                if (job.State == BatchJobState.Interrupted)
                {
                    await backend.StopAsync(id, CancellationToken.None);
                }
            }
            catch (BatchJobException error) when (error.ErrorId is "JobBeingSubmitted" or "SubmissionTakenOver" or "SubmissionStopped")
            {
                // The other one is at it, and through all of these faults a submission takes seconds.
                await Task.Delay(200);
            }
        }

        return await backend.GetAsync(id!, CancellationToken.None);
    }
}
