using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Tests.Jobs;

public sealed class LocalTaskTests : IDisposable
{
    private readonly JobFixture _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task Failed_tasks_are_named_with_their_reason()
    {
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.FailingPlan())).Id);

        JobTask[] tasks = await _jobs.Backend.ListTasksAsync(job.Id, CancellationToken.None).ToArrayAsync();
        JobTaskOutput output = await _jobs.Backend.ReadOutputAsync(job.Id, "task-000004", CancellationToken.None).SingleAsync();

        Assert.Equal(["task-000000", "task-000001", "task-000002", "task-000003", "task-000004", "task-000005"], tasks.Select(task => task.Id));
        Assert.All(tasks, task => Assert.Equal(JobTaskState.Failed, task.State));
        Assert.Equal([1], tasks[4].Folds);
        Assert.Equal([1], tasks[4].Penalties);
        Assert.Contains("converge", tasks[4].Diagnosis, StringComparison.Ordinal);
        Assert.Equal(tasks[4].Diagnosis, output.StandardError);
    }

    [Fact]
    public async Task A_restarted_task_that_fails_again_says_so_again()
    {
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.FailingPlan())).Id);

        await _jobs.Backend.RestartAsync(job.Id, ["task-000004"], null, CancellationToken.None);
        BatchJob again = await _jobs.WaitAsync(job.Id);

        Assert.Equal(BatchJobState.Failed, again.State);
        Assert.Equal(6, again.Failed);
    }

    [Fact]
    public async Task Only_failed_tasks_of_the_job_can_be_restarted()
    {
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan())).Id);

        BatchJobException notFailed = await Assert.ThrowsAsync<BatchJobException>(() => _jobs.Backend.RestartAsync(job.Id, ["task-000000"], null, CancellationToken.None));
        BatchJobException unknown = await Assert.ThrowsAsync<BatchJobException>(() => _jobs.Backend.RestartAsync(job.Id, ["task-000006"], null, CancellationToken.None));

        Assert.Equal("TaskNotFailed", notFailed.ErrorId);
        Assert.Equal("TaskNotFound", unknown.ErrorId);
    }

    [Fact]
    public async Task A_test_says_what_the_worker_is_and_where_records_go()
    {
        ConfigFinding[] findings = await _jobs.Backend.TestAsync(CancellationToken.None).ToArrayAsync();
        _jobs.Config.WorkerPath = _jobs.Path("nothing-here");
        ConfigFinding[] broken = await _jobs.Backend.TestAsync(CancellationToken.None).ToArrayAsync();

        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Ok, finding.Severity));
        Assert.Equal(["Worker"], broken.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Check));
    }
}
