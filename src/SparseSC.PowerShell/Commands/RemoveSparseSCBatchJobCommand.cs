using System.Management.Automation;
using SparseSC.Core.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Removes the records and logs of finished jobs, and their batch directories when asked.</summary>
[Cmdlet(VerbsCommon.Remove, "SparseSCBatchJob", SupportsShouldProcess = true)]
public sealed class RemoveSparseSCBatchJobCommand : BatchCommand
{
    /// <summary>The jobs, or their ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    public BatchJobReference[] JobId { get; set; } = [];

    /// <summary>Deletes the batch directory's plan and results as well.</summary>
    [Parameter]
    public SwitchParameter RemoveBatchDirectory { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (BatchJobReference reference in JobId)
        {
            try
            {
                RemoveOne(reference);
            }
            catch (Exception error) when (IsForUsers(error))
            {
                WriteMappedError(error, reference.Id);
            }
        }
    }

    private void RemoveOne(BatchJobReference reference)
    {
        string action = RemoveBatchDirectory ? "Remove the batch job and its batch directory" : "Remove the batch job";
        if (ShouldProcess(reference.Id, action))
        {
            IBatchBackend backend = BackendFor(reference.Config);
            _ = RunOffThread(async port =>
            {
                await backend.RemoveAsync(reference.Id, new BatchJobRemoval { BatchDirectory = RemoveBatchDirectory }, port.Stopping).ConfigureAwait(false);
                return true;
            });
        }
    }
}
