using System.Management.Automation;
using SparseSC.Core.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Looks at jobs: one by its id, or all of them.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCBatchJob")]
[OutputType(typeof(BatchJob))]
public sealed class GetSparseSCBatchJobCommand : BatchCommand
{
    /// <summary>Ids, with wildcards if wanted, or jobs to look at again; without it, every job.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    [SupportsWildcards]
    public BatchJobReference[]? JobId { get; set; }

    /// <summary>Only jobs in one of these states.</summary>
    [Parameter]
    public BatchJobState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (BatchJobReference reference in JobId ?? [new BatchJobReference("*")])
        {
            try
            {
                Write(reference);
            }
            catch (Exception error) when (IsForUsers(error))
            {
                WriteMappedError(error, reference.Id);
            }
        }
    }

    private void Write(BatchJobReference reference)
    {
        IBatchBackend backend = BackendFor(reference.Config);
        if (!WildcardPattern.ContainsWildcardCharacters(reference.Id))
        {
            WriteIfWanted(RunOffThread(port => backend.GetAsync(reference.Id, port.Stopping)));
            return;
        }

        WildcardPattern pattern = new(reference.Id, WildcardOptions.IgnoreCase);
        _ = RunOffThread(async port =>
        {
            await foreach (BatchJob job in backend.ListAsync(port.Stopping).ConfigureAwait(false))
            {
                if (pattern.IsMatch(job.Id))
                {
                    port.Post(() => WriteIfWanted(job));
                }
            }

            return true;
        });
    }

    private void WriteIfWanted(BatchJob job)
    {
        if (State is null || State.Contains(job.State))
        {
            WriteObject(Spell(job));
        }
    }
}
