using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

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
    [NeverNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchJobReference[]? JobId { get; set; }

    /// <summary>Only jobs in one of these states.</summary>
    [Parameter]
    public BatchJobState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForEach(JobId ?? [new BatchJobReference("*")], Write);

    private void Write(BatchJobReference reference) => RunOnBackend(reference.Config, null, async on =>
    {
        if (!WildcardPattern.ContainsWildcardCharacters(reference.Id))
        {
            WriteIfWanted(await on.Backend.GetAsync(reference.Id, on.Stopping).ConfigureAwait(false), on.Streams);
            return true;
        }

        WildcardPattern pattern = new(reference.Id, WildcardOptions.IgnoreCase);
        await foreach (BatchJob job in on.Backend.ListAsync(on.Stopping).ConfigureAwait(false))
        {
            if (pattern.IsMatch(job.Id))
            {
                WriteIfWanted(job, on.Streams);
            }
        }

        return true;
    });

    private void WriteIfWanted(BatchJob job, IWorkStreams streams)
    {
        if (State is null || State.Contains(job.State))
        {
            streams.Write(job);
        }
    }
}
