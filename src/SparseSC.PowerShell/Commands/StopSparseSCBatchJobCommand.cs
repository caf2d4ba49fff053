using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Stops jobs; results that exist are kept.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SparseSCBatchJob", SupportsShouldProcess = true)]
[OutputType(typeof(BatchJob))]
public sealed class StopSparseSCBatchJobCommand : BatchCommand
{
    /// <summary>The jobs, or their ids, with wildcards if wanted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchJobReference[] JobId { get; set; } = [];

    /// <summary>Passes the stopped jobs on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForEach(Expand(JobId), StopOne);

    private void StopOne(BatchJobReference reference)
    {
        if (!ShouldProcess(reference.Id, "Stop the batch job"))
        {
            return;
        }

        BatchJob job = RunOnBackend(reference.Config, $"Stopping job {reference.Id}", on => on.Backend.StopAsync(reference.Id, on.Stopping));
        if (PassThru)
        {
            WriteObject(job);
        }
    }
}
