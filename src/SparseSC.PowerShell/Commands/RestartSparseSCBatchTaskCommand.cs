using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Commands;

/// <summary>Runs failed tasks again; the logs of their earlier runs are kept.</summary>
[Cmdlet(VerbsLifecycle.Restart, "SparseSCBatchTask", SupportsShouldProcess = true)]
[OutputType(typeof(BatchJob), typeof(Job))]
public sealed class RestartSparseSCBatchTaskCommand : BatchCommand
{
    private readonly List<BatchTaskReference> _tasks = [];

    /// <summary>The failed tasks; or jobs, or their ids, for all of their failed tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job", "Task")]
    [BatchTaskTransformation]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchTaskReference[] JobId { get; set; } = [];

    /// <summary>Only these of the failed tasks.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[]? TaskId { get; set; }

    /// <summary>Runs them on machines of this size, in a pool of their own that goes with them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VmSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? VmSize { get; set; }

    /// <summary>Restarts in a PowerShell job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (BatchTaskReference reference in JobId)
        {
            string?[] ids = reference.TaskId is not null || TaskId is null ? [reference.TaskId] : [.. TaskId];
            _tasks.AddRange(ids.Select(id => new BatchTaskReference(reference.JobId, id, Config ?? reference.Config)));
        }
    }

    // Tasks come one by one through the pipeline, and a job is started again once for all of its own.
    /// <inheritdoc/>
    protected override void End()
    {
        Restarted[] jobs = [.. _tasks.GroupBy(task => task.JobId).Select(job => new Restarted(job.Key, [.. job])).Where(Agreed)];
        if (AsJob && jobs.Length > 0)
        {
            RunAsJob((streams, stopping) => RestartAllAsync(jobs, VmSize, streams, stopping));
        }
        else
        {
            ForEach(jobs, job => WriteObject(RunOnBackend(
                job.Tasks[0].Config, $"Restarting tasks of job {job.Id}", on => on.Backend.RestartAsync(job.Id, job.TaskIds, VmSize, on.Stopping))));
        }
    }

    private static async Task RestartAllAsync(Restarted[] jobs, string? vmSize, IWorkStreams streams, CancellationToken stopping)
    {
        BackendSet backends = new(new StepReporter(streams));
        foreach (Restarted job in jobs)
        {
            try
            {
                streams.Write(await backends.For(job.Tasks[0].Config).RestartAsync(job.Id, job.TaskIds, vmSize, stopping).ConfigureAwait(false));
            }
            catch (Exception error) when (ErrorMapper.CanMap(error))
            {
                streams.WriteError(ErrorMapper.ToRecord(error, job.Id, streams.CommandName));
            }
        }
    }

    private bool Agreed(Restarted job)
    {
        string[]? taskIds = job.TaskIds;
        string which = taskIds switch
        {
            null => "all of its failed tasks",
            [string one] => $"task {one}",
            _ => $"{taskIds.Length} tasks",
        };
        return ShouldProcess(job.Id, $"Run {which} again{(VmSize is null ? "" : $" on {VmSize}")}");
    }

    private sealed record Restarted(string Id, BatchTaskReference[] Tasks)
    {
        // The job itself among them stands for all of its failed tasks.
        public string[]? TaskIds => Tasks.Any(task => task.TaskId is null) ? null : [.. Tasks.Select(task => task.TaskId!).Distinct()];

        public override string ToString() => Id;
    }
}
