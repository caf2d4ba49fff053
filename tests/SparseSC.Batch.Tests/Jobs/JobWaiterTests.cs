using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Tests.Jobs;

public sealed class JobWaiterTests : IDisposable
{
    private readonly JobFixture _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task A_timeout_gives_the_job_back_as_it_stands()
    {
        BatchJob job = await _jobs.StartAsync(_jobs.EndlessPlan());

        BatchJob seen = await new JobWaiter(_jobs.Backend).WaitAsync(job.Id, TimeSpan.FromMilliseconds(100), null, CancellationToken.None);

        Assert.Equal(BatchJobState.Running, seen.State);
    }

    [Fact]
    public async Task A_cancelled_wait_stops_a_job_of_this_session()
    {
        BatchJob job = await _jobs.StartAsync(_jobs.EndlessPlan());
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new JobWaiter(_jobs.Backend).WaitAsync(job.Id, null, null, cancel.Token));

        Assert.Equal(BatchJobState.Stopped, (await _jobs.Backend.GetAsync(job.Id, CancellationToken.None)).State);
        Assert.DoesNotContain(_jobs.Workers(job.Id), worker => worker.IsAlive());
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_a_detached_job_running()
    {
        BatchJob job = await _jobs.StartAsync(_jobs.EndlessPlan(), detach: true);
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new JobWaiter(_jobs.Backend).WaitAsync(job.Id, null, null, cancel.Token));

        Assert.Equal(BatchJobState.Running, (await _jobs.Backend.GetAsync(job.Id, CancellationToken.None)).State);
    }

    [Fact]
    public async Task An_unknown_job_is_an_error_that_names_it()
    {
        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => _jobs.WaitAsync("nobody"));

        Assert.Equal(("JobNotFound", "nobody"), (error.ErrorId, error.JobId));
    }

    [Theory]
    [InlineData(0, 10, 5, null)]
    [InlineData(5, 10, 5, 10.0)]
    [InlineData(5, 0, 5, 0.0)]
    public void The_time_left_follows_the_pace(int done, int left, int seconds, double? expected) =>
        Assert.Equal(expected, JobProgress.Estimate(done, left, TimeSpan.FromSeconds(seconds))?.TotalSeconds);
}
