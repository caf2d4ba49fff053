using System.Diagnostics;
using System.Globalization;
using SparseSC.Core.Jobs;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Watches several jobs at once and writes each as soon as it is finished.</summary>
internal sealed class JobsWatch(IReadOnlyList<BatchJobReference> jobs)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _finished;

    /// <summary>How long to watch; <c>null</c> for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The time between two looks; <c>null</c> for the backend's own.</summary>
    public TimeSpan? PollingInterval { get; init; }

    /// <summary>Whether the first that is finished ends it.</summary>
    public bool Any { get; init; }

    /// <summary>Returns when all, or with <see cref="Any"/> one, are finished or the time is over. An unknown job is reported and the others go on.</summary>
    public async Task RunAsync(IWorkStreams streams, CancellationToken stopping)
    {
        JobsMeter meter = new(jobs.Count);
        ProgressBar<JobProgress> bar = new(streams, jobs.Count == 1 ? $"Job {jobs[0].Id}" : "Batch jobs", meter.Describe);
        bar.Begin("Looking at it");
        BackendSet backends = new(new StepReporter(streams));
        using CancellationTokenSource enough = new();
        try
        {
            // Begun even when it is being cancelled already: the waiter then stops what would end with this session.
            await Task.WhenAll(jobs.Select(job => Task.Run(() => WatchAsync(job, backends, bar, streams, enough, stopping), CancellationToken.None))).ConfigureAwait(false);
        }
        finally
        {
            bar.Complete();
        }
    }

    private async Task WatchAsync(
        BatchJobReference reference, BackendSet backends, ProgressBar<JobProgress> bar, IWorkStreams streams, CancellationTokenSource enough, CancellationToken stopping)
    {
        try
        {
            JobWaiter waiter = new(backends.For(reference.Config), PollingInterval);
            BatchJob job = Spelling.Spell(await waiter.WaitAsync(reference.Id, Timeout, bar, stopping, enough.Token).ConfigureAwait(false));
            if (job.IsFinished)
            {
                Interlocked.Increment(ref _finished);
                if (Any)
                {
                    await enough.CancelAsync().ConfigureAwait(false);
                }
            }
            else if (Any && Volatile.Read(ref _finished) > 0)
            {
                return;
            }

            Tell(job, streams);
            streams.Write(job);
        }
        catch (Exception error) when (ErrorMapper.CanMap(error))
        {
            streams.WriteError(ErrorMapper.ToRecord(error, reference.Id));
        }
    }

    private void Tell(BatchJob job, IWorkStreams streams)
    {
        if (!job.IsFinished)
        {
            streams.WriteWarning(string.Create(
                CultureInfo.InvariantCulture, $"Job '{job.Id}' is still running after {_watch.Elapsed.TotalSeconds:0} seconds: {job.Done} of {job.Tasks} tasks are done."));
        }
        else if (job.State != BatchJobState.Completed)
        {
            streams.WriteWarning($"Job '{job.Id}' ended as {job.State}. {job.Message}");
        }
    }
}
