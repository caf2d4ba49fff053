using SparseSC.Azure.Jobs;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Jobs of a fit of two iterations: 12 tasks, the choice of task 12, and 12 tasks at what it chose.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class StagedJobTests(AzuriteFixture fixture)
{
    private const int Choice = 12;

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task All_stages_are_submitted_at_once_and_the_merge_equals_the_fit(int groupSize)
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, iterations: 2);

        BatchJob job = await world.RunAsync(groupSize);

        Assert.Equal((BatchJobState.Completed, 25, 25), (job.State, job.Tasks, job.Done));
        JobTask[] tasks = await world.TasksAsync(job.Id);
        Assert.Equal(groupSize == 1 ? 25 : 7, tasks.Length);
        JobTask choice = Assert.Single(tasks, task => task.PlanTasks == "12");
        Assert.Equal((0, 0), (choice.Folds.Length, choice.Penalties.Length));
        Assert.All(tasks.Where(task => task.Id.CompareTo(choice.Id) < 0), task => Assert.True(task.Ended <= choice.Started));
        Assert.All(tasks.Where(task => task.Id.CompareTo(choice.Id) > 0), task => Assert.True(task.Started >= choice.Ended));
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteFact]
    public async Task A_model_merged_on_a_node_waits_for_the_last_stage()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, iterations: 2);

        BatchJob job = await world.RunAsync(groupSize: 4, mergeOnNode: true);
        string elsewhere = world.PathOf("elsewhere");
        BatchResults results = await world.Backend.CollectAsync(job.Id, elsewhere, CancellationToken.None);

        Assert.True(results.IsComplete, results.Message);
        Assert.NotNull(results.FitFile);
        Assert.False(Directory.Exists(Path.Combine(elsewhere, "results")));
        world.AssertMergedEqualsFit(elsewhere);
    }

    [AzuriteTheory]
    [InlineData("3")]
    [InlineData("12")]
    [InlineData("17")]
    public async Task What_failed_and_what_waited_for_it_run_again_and_nothing_else(string bad)
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, iterations: 2);
        await File.WriteAllTextAsync(world.BadTasks, bad + "\n");

        BatchJob job = await world.RunAsync();

        int done = bad switch { "3" => 11, "12" => 12, _ => 24 };
        Assert.Equal((BatchJobState.Failed, done, 25 - done), (job.State, job.Done, job.Failed));
        Assert.Contains($"Task 'group-{int.Parse(bad):D6}': The worker failed (exit 1): Task {bad} is bad.", job.Message, StringComparison.Ordinal);
        BatchResults partial = await world.Backend.CollectAsync(job.Id, world.PathOf("partial"), CancellationToken.None);
        Assert.Equal((done, false), (partial.Done, partial.IsComplete));

        File.Delete(world.BadTasks);
        world.Open();
        await world.Backend.RestartAsync(job.Id, null, CancellationToken.None);
        job = await world.WaitAsync(job.Id);

        Assert.Equal((BatchJobState.Completed, 25), (job.State, job.Done));
        Assert.Equal(25, (await world.TasksAsync(job.Id)).Length);
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteTheory]
    [InlineData(3, 12, 20)]
    [InlineData(12, 17, 18)]
    [InlineData(17, 20, 24)]
    public async Task Starting_again_computes_what_was_lost(int first, int second, int third)
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, iterations: 2);
        BatchJob job = await world.RunAsync();
        StorageContainer outputs = world.Services.Storage.Container(job.ContainerName!);
        foreach (int task in new[] { first, second, third })
        {
            Assert.True(await outputs.DeleteBlobAsync(JobLayout.ResultBlob(job.Id, JobLayout.TaskId(task)), CancellationToken.None));
        }

        BatchJobStart again = await world.Backend.StartAsync(world.Plan, new BatchJobRequest { JobId = job.Id, TaskGroupSize = 1 }, CancellationToken.None);
        Assert.Equal(BatchJobStartOutcome.Resumed, again.Outcome);
        job = await world.WaitAsync(job.Id);

        Assert.Equal((BatchJobState.Completed, 25), (job.State, job.Done));
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteFact]
    public async Task A_job_whose_record_is_lost_knows_its_stages_and_does_not_take_itself_for_one_that_merges()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, iterations: 2);
        await File.WriteAllTextAsync(world.BadTasks, "3\n");
        BatchJob job = await world.RunAsync();
        await world.Services.Home.DeleteBlobAsync(JobLayout.RecordBlob(job.Id), CancellationToken.None);
        File.Delete(world.BadTasks);

        world.Open();
        await world.Backend.RestartAsync(job.Id, null, CancellationToken.None);
        job = await world.WaitAsync(job.Id);

        Assert.Equal((BatchJobState.Completed, 25), (job.State, job.Done));
        await world.AssertReceivedAsync(job.Id);
    }

    [AzuriteFact]
    public async Task Results_computed_here_are_what_later_stages_start_from()
    {
        await using JobWorld world = await JobWorld.StartAsync(fixture, iterations: 2);
        world.Plan.RunTasks([.. Enumerable.Range(0, Choice + 1)], Path.Combine(world.Plan.ResultsDirectory, "mine.json"));

        BatchJob job = await world.RunAsync(groupSize: 4);

        Assert.Equal((BatchJobState.Completed, 25), (job.State, job.Done));
        Assert.Equal(["13-16", "17-20", "21-24"], (await world.TasksAsync(job.Id)).Select(task => task.PlanTasks));
        await world.AssertReceivedAsync(job.Id);
    }
}
