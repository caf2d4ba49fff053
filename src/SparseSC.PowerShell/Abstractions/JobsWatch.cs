using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Errors;
using SparseSC.PowerShell.Formatting;

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

    /// <summary>Whether a job that does not come to its end with every result is an error, too, after the job was written.</summary>
    public bool ErrorOnFailure { get; init; }

    /// <summary>Returns when all, or with <see cref="Any"/> one, are finished or the time is over. An unknown job is reported and the others go on.</summary>
    public async Task RunAsync(IWorkStreams streams, CancellationToken stopping)
    {
        JobsMeter meter = new(jobs.Count);
        ProgressBar<JobProgress> bar = new(streams, jobs.Count == 1 ? $"Job {jobs[0].Id}" : "Batch jobs", meter.Describe);
        bar.Begin("Looking at it");
        BackendSet backends = new(new StepReporter(streams));
        string limit = Timeout is { } time ? $"at most {Seconds(time)}" : "as long as it takes";
        string looking = PollingInterval is { } interval ? $"every {Seconds(interval)}" : "as often as suits the backend";
        streams.WriteVerbose($"Waiting for {(Any ? "one of " : "")}{string.Join(", ", jobs)}; {limit}, looking {looking}.");
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
            BatchJob job = await waiter.WaitAsync(reference.Id, Timeout, new Told(bar, streams), stopping, enough.Token).ConfigureAwait(false);
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

            streams.WriteVerbose($"{Story.Of(job)} Waited {Seconds(_watch.Elapsed)}.");
            Tell(job, streams);
            streams.Write(job);
            if (ErrorOnFailure && job.State != BatchJobState.Completed)
            {
                streams.WriteError(Failure(job, streams));
            }
        }
        catch (Exception error) when (ErrorMapper.CanMap(error))
        {
            streams.WriteError(ErrorMapper.ToRecord(error, reference.Id, streams.CommandName));
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private void Tell(BatchJob job, IWorkStreams streams)
    {
        if (!job.IsFinished)
        {
            streams.WriteWarning(string.Create(
                CultureInfo.InvariantCulture, $"Job '{job.Id}' is still running after {_watch.Elapsed.TotalSeconds:0} seconds: {job.Done} of {job.Tasks} tasks are done. {job.Message}").TrimEnd());
        }
        else if (job.State != BatchJobState.Completed)
        {
            streams.WriteWarning($"Job '{job.Id}' ended as {job.State}. {job.Message}");
        }
        else if (job.NeedsAttention)
        {
            streams.WriteWarning($"Job '{job.Id}' is completed. {job.Message}");
        }
    }

    // The target is the job, so that a handler of the error has what it needs to restart or remove it.
    private static ErrorRecord Failure(BatchJob job, IWorkStreams streams)
    {
        string ended = job.IsFinished ? $"ended as {job.State}" : "is still running";
        BatchJobException error = new(
            job.IsFinished ? ErrorIds.JobNotCompleted : ErrorIds.JobStillRunning,
            $"Job '{job.Id}' {ended}: {job.Done} of {job.Tasks} tasks are done, {job.Failed} failed. {job.Message}".TrimEnd(),
            job.Id);
        ErrorRecord mapped = ErrorMapper.ToRecord(error, job, streams.CommandName);
        return new ErrorRecord(mapped.Exception, error.ErrorId, mapped.CategoryInfo.Category, job);
    }

    // The reason why nothing runs is said when it is known, and not when the wait is over.
    private sealed class Told(IProgress<JobProgress> next, IWorkStreams streams) : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            next.Report(value);
            if (value.News is not { } news)
            {
                return;
            }

            string text = $"Job '{value.Job.Id}': {news}";
            if (value.Job.NeedsAttention)
            {
                streams.WriteWarning(text);
            }
            else
            {
                streams.WriteVerbose(text);
            }
        }
    }
}
