using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Waits until jobs are finished and passes them on, whatever became of them.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SparseSCBatchJob")]
[OutputType(typeof(BatchJob), typeof(Job))]
public sealed class WaitSparseSCBatchJobCommand : BatchCommand
{
    private readonly List<BatchJobReference> _jobs = [];

    /// <summary>The jobs, or their ids, with wildcards if wanted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchJobReference[] JobId { get; set; } = [];

    /// <summary>How long to wait for all of them, in seconds or as a time span; without it, as long as it takes.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The time between two looks, in seconds or as a time span; without it, what suits the backend.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? PollingInterval { get; set; }

    /// <summary>Waits for the first of them only.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>Writes an error, too, for a job that is not completed, after the job itself.</summary>
    [Parameter]
    public SwitchParameter ErrorOnFailure { get; set; }

    /// <summary>Waits in a PowerShell job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    // All are known before the first is waited for, so that those behind it in the pipeline are started meanwhile.
    /// <inheritdoc/>
    protected override void Process() => _jobs.AddRange(Expand(JobId).Select(job => new BatchJobReference(job.Id, Config ?? job.Config)));

    /// <inheritdoc/>
    protected override void End()
    {
        if (_jobs.Count > 0)
        {
            JobsWatch watch = new(_jobs) { Timeout = Timeout, PollingInterval = PollingInterval, Any = Any, ErrorOnFailure = ErrorOnFailure };
            RunHereOr(AsJob, watch.RunAsync);
        }
    }
}
