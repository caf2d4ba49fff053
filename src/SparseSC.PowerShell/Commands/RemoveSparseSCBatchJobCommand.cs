using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Removes the records and logs of finished jobs, and their batch directories when asked.</summary>
[Cmdlet(VerbsCommon.Remove, "SparseSCBatchJob", SupportsShouldProcess = true)]
public sealed class RemoveSparseSCBatchJobCommand : BatchCommand
{
    /// <summary>The jobs, or their ids, with wildcards if wanted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchJobReference[] JobId { get; set; } = [];

    /// <summary>Deletes the storage container with inputs, results and logs as well.</summary>
    [Parameter]
    public SwitchParameter RemoveContainer { get; set; }

    /// <summary>Deletes the pool as well.</summary>
    [Parameter]
    public SwitchParameter RemovePool { get; set; }

    /// <summary>Deletes the batch directory's plan and results as well.</summary>
    [Parameter]
    public SwitchParameter RemoveBatchDirectory { get; set; }

    /// <summary>Keeps the job itself and removes only what else is asked for.</summary>
    [Parameter]
    public SwitchParameter KeepJob { get; set; }

    /// <summary>Deletes a container even when it holds results that were not received.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The batch directory that the results were received into, when it is not the one the job was started from.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Directory", "Plan")]
    [BatchDirectoryTransformation]
    public string? BatchDirectory { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForEach(Expand(JobId), RemoveOne);

    private void RemoveOne(BatchJobReference reference)
    {
        BatchJobRemoval what = new()
        {
            Container = RemoveContainer && ShouldProcess(reference.Id, "Remove the batch job's container with inputs, results and logs"),
            Pool = RemovePool && ShouldProcess(reference.Id, "Remove the batch job's pool"),
            BatchDirectory = RemoveBatchDirectory && ShouldProcess(reference.Id, "Remove the batch job's batch directory with plan and results"),
            Job = !KeepJob && ShouldProcess(reference.Id, "Remove the batch job"),
            Force = Force,
            ReceivedInto = BatchDirectory is null ? null : ResolvePath(BatchDirectory),
        };
        if (what.Container || what.Pool || what.BatchDirectory || what.Job)
        {
            _ = RunOnBackend(reference.Config, $"Removing job {reference.Id}", async on =>
            {
                await on.Backend.RemoveAsync(reference.Id, what, on.Stopping).ConfigureAwait(false);
                return true;
            });
        }
    }
}
