using System.Diagnostics;
using System.Management.Automation;
using SparseSC.Core.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Waits until jobs are finished and passes them on, whatever became of them.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SparseSCBatchJob")]
[OutputType(typeof(BatchJob))]
public sealed class WaitSparseSCBatchJobCommand : BatchCommand
{
    private readonly Stopwatch _watch = new();

    /// <summary>The jobs, or their ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    public BatchJobReference[] JobId { get; set; } = [];

    /// <summary>How long to wait for all of them, in seconds or as a time span; without it, as long as it takes.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The time between two looks, in seconds or as a time span; without it, what suits the backend.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? PollingInterval { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        _watch.Start();
        foreach (BatchJobReference reference in JobId)
        {
            try
            {
                BatchJob job = Spell(Wait(reference));
                Tell(job);
                WriteObject(job);
            }
            catch (Exception error) when (IsForUsers(error))
            {
                WriteMappedError(error, reference.Id);
            }
        }
    }

    private BatchJob Wait(BatchJobReference reference)
    {
        JobWaiter waiter = new(BackendFor(reference.Config), PollingInterval);
        return RunOffThread(async port =>
        {
            ProgressBar<JobProgress> bar = new(this, port, $"Job {reference.Id}", Describe);
            try
            {
                return await waiter.WaitAsync(reference.Id, Timeout - _watch.Elapsed, bar, port.Stopping).ConfigureAwait(false);
            }
            finally
            {
                bar.Complete();
            }
        });
    }

    private static ProgressText Describe(JobProgress progress)
    {
        BatchJob job = progress.Job;
        string failed = job.Failed > 0 ? $", {job.Failed} failed" : "";
        return new ProgressText(
            $"{job.Done} of {job.Tasks} tasks done, {job.Running} running{failed}",
            job.Tasks > 0 ? (int)(100L * job.Done / job.Tasks) : -1,
            progress.TimeLeft);
    }

    private void Tell(BatchJob job)
    {
        if (!job.IsFinished)
        {
            WriteWarning($"Job '{job.Id}' is still running after {_watch.Elapsed.TotalSeconds:0} seconds: {job.Done} of {job.Tasks} tasks are done.");
        }
        else if (job.State != BatchJobState.Completed)
        {
            WriteWarning($"Job '{job.Id}' ended as {job.State}. {job.Message}");
        }
    }
}
