namespace SparseSC.Batch.Jobs;

/// <summary>Watches a job until it is finished.</summary>
public sealed class JobWaiter
{
    // Whoever has waited for ten minutes does not mind a minute more.
    private const int ShareOfWait = 10;

    private readonly IBatchBackend _backend;
    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;
    private readonly TimeProvider _time;

    /// <summary>Creates a watcher; a null interval takes the backend's own, which grows with the time that was waited.</summary>
    public JobWaiter(IBatchBackend backend, TimeSpan? pollingInterval = null)
        : this(backend, pollingInterval, TimeProvider.System)
    {
    }

    /// <summary>Creates a watcher with a clock of its own.</summary>
    internal JobWaiter(IBatchBackend backend, TimeSpan? pollingInterval, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(backend);
        _backend = backend;
        _shortest = pollingInterval ?? backend.PollingInterval;
        _longest = pollingInterval ?? backend.LongestPollingInterval;
        _time = time;
    }

    /// <summary>Returns the job once it is finished, or as it stands when <paramref name="timeout"/> is over.</summary>
    /// <remarks>
    /// A failed task ends nothing here: the others go on, and the job that comes back tells of both. When the wait is cancelled, a
    /// job that would end with this session anyway is stopped before the cancellation is passed on.
    /// </remarks>
    /// <param name="jobId">The job.</param>
    /// <param name="timeout">How long to wait; <c>null</c> for as long as it takes.</param>
    /// <param name="progress">Told after every look.</param>
    /// <param name="cancellationToken">Ends the wait, and a job that belongs to this session.</param>
    /// <param name="enough">Ends the wait as the timeout does: the job goes on, and comes back as it stands.</param>
    public async Task<BatchJob> WaitAsync(
        string jobId,
        TimeSpan? timeout,
        IProgress<JobProgress>? progress,
        CancellationToken cancellationToken,
        CancellationToken enough = default)
    {
        try
        {
            return await WatchAsync(jobId, timeout, progress, enough, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            BatchJob job = await _backend.GetAsync(jobId, CancellationToken.None).ConfigureAwait(false);
            if (job.EndsWithThisSession)
            {
                await _backend.StopAsync(jobId, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task<BatchJob> WatchAsync(
        string jobId,
        TimeSpan? timeout,
        IProgress<JobProgress>? progress,
        CancellationToken enough,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource awake = CancellationTokenSource.CreateLinkedTokenSource(enough, cancellationToken);
        long began = _time.GetTimestamp();
        int? doneAtStart = null;
        JobNews news = new();
        while (true)
        {
            BatchJob job = await _backend.GetAsync(jobId, cancellationToken).ConfigureAwait(false);
            doneAtStart ??= job.Done;
            progress?.Report(new JobProgress(job, JobProgress.Estimate(job.Done - doneAtStart.Value, job.Left, _time.GetElapsedTime(began)), news.Of(job)));
            TimeSpan waited = _time.GetElapsedTime(began);
            TimeSpan? left = timeout - waited;
            if (job.IsFinished || left <= TimeSpan.Zero || enough.IsCancellationRequested)
            {
                return job;
            }

            TimeSpan interval = TimeSpan.FromTicks(Math.Clamp(waited.Ticks / ShareOfWait, _shortest.Ticks, Math.Max(_shortest.Ticks, _longest.Ticks)));
            TimeSpan pause = left < interval ? left.Value : interval;
            await Task.Delay(pause, _time, awake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
