using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Jobs from start to model, with real tasks.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class JobRunTests(AzuriteFixture fixture)
{
    [AzuriteFact]
    public async Task A_job_runs_is_found_by_another_session_and_received_on_another_machine()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);

        BatchJob job = await world.RunAsync(groupSize: 5);

        Assert.Equal((BatchJobState.Completed, 12, 12, 0, 0), (job.State, job.Tasks, job.Done, job.Running, job.Failed));
        Assert.StartsWith("The pool 'fits' has nothing to do", job.Message, StringComparison.Ordinal);
        Assert.NotNull(job.Ended);
        world.Open();
        BatchJob found = await world.Backend.GetAsync(job.Id, CancellationToken.None);
        Assert.Equal((BatchJobState.Completed, 12, "fits"), (found.State, found.Done, found.PoolId));
        Assert.StartsWith($"{world.Config.ContainerName}-", found.ContainerName, StringComparison.Ordinal);

        JobTask[] tasks = await world.TasksAsync(job.Id);
        Assert.Equal(["0-3", "4-7", "8-11"], tasks.Select(task => task.PlanTasks));
        Assert.All(tasks, task => Assert.Equal((JobTaskState.Completed, 0, ""), (task.State, task.ExitCode, task.Diagnosis)));
        Assert.All(tasks, task => Assert.NotNull(task.Node));
        Assert.Equal([0], tasks[0].Folds);
        Assert.Equal([0, 1, 2, 3], tasks[0].Penalties);

        string elsewhere = world.PathOf("elsewhere");
        BatchResults results = await world.Backend.CollectAsync(job.Id, elsewhere, CancellationToken.None);
        Assert.True(results.IsComplete, results.Message);
        Assert.Equal((12, 0, ""), (results.Done, results.Invalid.Length, results.Message));
        world.AssertMergedEqualsFit(elsewhere);
    }

    [AzuriteFact]
    public async Task A_worker_that_fails_is_named_with_its_words_and_a_restart_completes_the_set()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        await File.WriteAllTextAsync(world.BadTasks, "3\n7\n");

        BatchJob job = await world.RunAsync();

        Assert.Equal((BatchJobState.Failed, 10, 2), (job.State, job.Done, job.Failed));
        Assert.Contains("2 of 12 tasks failed. Task 'group-000003': The worker failed (exit 1): Task 3 is bad.", job.Message, StringComparison.Ordinal);
        JobTask[] failed = [.. (await world.TasksAsync(job.Id)).Where(task => task.State == JobTaskState.Failed)];
        Assert.Equal(["group-000003", "group-000007"], failed.Select(task => task.Id));
        Assert.All(failed, task => Assert.Equal(1, task.Retries));

        BatchResults partial = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        Assert.Equal((10, false), (partial.Done, partial.IsComplete));
        Assert.Equal([3, 7], partial.Missing);
        Assert.Equal("group-000007: The worker failed (exit 1): Task 7 is bad.", partial.Failed.Single(failure => failure.Task == 7).Message);
        Assert.StartsWith("2 of 12 results are missing (", partial.Message, StringComparison.Ordinal);

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => world.Backend.RestartAsync(job.Id, ["group-000001"], CancellationToken.None));
        Assert.Equal("TaskNotFailed", error.ErrorId);
        error = await Assert.ThrowsAsync<BatchJobException>(() => world.Backend.RestartAsync(job.Id, ["group-000099"], CancellationToken.None));
        Assert.Equal("TaskNotFound", error.ErrorId);

        // From a machine that has neither the plan nor the session.
        File.Delete(world.BadTasks);
        Directory.Move(world.Plan.Directory, world.PathOf("away"));
        world.Open();
        job = await world.Backend.RestartAsync(job.Id, ["group-000003"], CancellationToken.None);
        job = await world.WaitAsync(job.Id);
        Assert.Equal((BatchJobState.Failed, 11, 1), (job.State, job.Done, job.Failed));
        job = await world.Backend.RestartAsync(job.Id, null, CancellationToken.None);
        job = await world.WaitAsync(job.Id);

        Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done));
        JobTask[] tasks = await world.TasksAsync(job.Id);
        Assert.Equal(12, tasks.Length);
        Assert.Equal(12, tasks.Select(task => task.Id).Distinct().Count());
        Assert.All(tasks, task => Assert.Equal(JobTaskState.Completed, task.State));

        JobTaskOutput[] outputs = await world.OutputAsync(job.Id, "group-000007");
        Assert.Equal([(1, false), (2, true)], outputs.Select(output => (output.Run, output.IsLatest)));
        Assert.Contains("Task 7 is bad.", outputs[0].StandardError, StringComparison.Ordinal);
        Assert.Equal("", outputs[1].StandardError);

        BatchResults results = await world.Backend.CollectAsync(job.Id, world.PathOf("away"), CancellationToken.None);
        Assert.True(results.IsComplete, results.Message);
        Assert.Empty(results.Failed);
        world.AssertMergedEqualsFit(world.PathOf("away"));
    }

    [AzuriteFact]
    public async Task Attempts_that_the_service_makes_by_itself_keep_a_log_each()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        await File.WriteAllTextAsync(world.NoSuchTask, "");

        BatchJob job = await world.RunAsync(groupSize: 12);

        Assert.Equal((BatchJobState.Failed, 12), (job.State, job.Failed));
        JobTaskOutput[] outputs = await world.OutputAsync(job.Id, "group-000000");
        Assert.Equal([(1, false), (2, true)], outputs.Select(output => (output.Run, output.IsLatest)));
        Assert.All(outputs, output => Assert.Contains("999", output.StandardError, StringComparison.Ordinal));
        Assert.All(outputs, output => Assert.Matches("sparsesc .* on .*: plan tasks 999\n.* failed with exit code 2 after ", output.StandardOutput));
        Assert.Equal(2, outputs.Select(output => output.StandardOutput).Distinct().Count());
        Assert.StartsWith("This is attempt 2 of the service at plan tasks 0-11. It ended with exit code 2 on '", outputs[1].Note, StringComparison.Ordinal);

        // Whoever merges, even without having looked at the job, is told the cause.
        BatchResults results = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        string merge = Assert.Throws<BatchPlanException>(() => BatchPlans.Load(results.BatchDirectory).Merge()).Message;
        Assert.Contains("12 failed; task 0: group-000000: The worker failed (exit 2)", merge, StringComparison.Ordinal);

        File.Delete(world.NoSuchTask);
        await world.Backend.RestartAsync(job.Id, null, CancellationToken.None);
        job = await world.WaitAsync(job.Id);
        Assert.Equal(BatchJobState.Completed, job.State);
        Assert.Equal(3, (await world.OutputAsync(job.Id, "group-000000")).Length);
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteFact]
    public async Task A_model_merged_on_the_pool_comes_back_alone()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);

        BatchJob job = await world.RunAsync(groupSize: 4, mergeOnNode: true);

        Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done));
        Assert.StartsWith("The pool 'fits' has nothing to do", job.Message, StringComparison.Ordinal);
        string elsewhere = world.PathOf("elsewhere");
        BatchResults results = await world.Backend.CollectAsync(job.Id, elsewhere, CancellationToken.None);
        Assert.True(results.IsComplete, results.Message);
        Assert.Equal("", results.Message);
        Assert.Equal(BatchPlans.Load(elsewhere).FitFile, results.FitFile);
        Assert.False(Directory.Exists(Path.Combine(elsewhere, "results")) && Directory.EnumerateFiles(Path.Combine(elsewhere, "results")).Any());
        world.AssertMergedEqualsFit(elsewhere);
    }

    [AzuriteFact]
    public async Task A_failed_task_fails_the_merge_on_the_pool_and_a_restart_mends_both()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        await File.WriteAllTextAsync(world.BadTasks, "3\n");

        BatchJob job = await world.RunAsync(mergeOnNode: true);

        Assert.Equal((BatchJobState.Failed, 11, 1), (job.State, job.Done, job.Failed));
        JobTask merge = (await world.TasksAsync(job.Id)).Single(task => task.Id == "merge");
        Assert.Equal(JobTaskState.Failed, merge.State);
        Assert.NotEqual("", merge.Diagnosis);

        File.Delete(world.BadTasks);
        job = await world.WaitAsync((await world.Backend.RestartAsync(job.Id, null, CancellationToken.None)).Id);

        Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done));
        Assert.StartsWith("The pool 'fits' has nothing to do", job.Message, StringComparison.Ordinal);
        BatchResults results = await world.Backend.CollectAsync(job.Id, world.PathOf("elsewhere"), CancellationToken.None);
        Assert.NotNull(results.FitFile);
        world.AssertMergedEqualsFit(world.PathOf("elsewhere"));
    }

    [AzuriteFact]
    public async Task Results_beside_a_failure_in_the_same_group_are_kept_and_only_the_failure_runs_again()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture);
        await File.WriteAllTextAsync(world.BadTaskInGroup, "0-3 0-2 3\n");

        BatchJob job = await world.RunAsync(groupSize: 4);

        Assert.Equal((BatchJobState.Failed, 11, 1), (job.State, job.Done, job.Failed));
        Assert.Contains("Task 'group-000000': The worker failed (exit 1): task 3: The system of task 3 is singular.", job.Message, StringComparison.Ordinal);
        BatchResults partial = await world.Backend.CollectAsync(job.Id, null, CancellationToken.None);
        Assert.Equal((11, 3, "SingularSystem"), (partial.Done, Assert.Single(partial.Failed).Task, partial.Failed[0].ErrorId));

        File.Delete(world.BadTaskInGroup);
        job = await world.WaitAsync((await world.Backend.RestartAsync(job.Id, null, CancellationToken.None)).Id);

        Assert.Equal((BatchJobState.Completed, 12), (job.State, job.Done));
        Assert.Equal(["4-7", "8-11", "3"], (await world.TasksAsync(job.Id)).Select(task => task.PlanTasks));
        await world.AssertReceivedAsync(job.Id);
    }
}
