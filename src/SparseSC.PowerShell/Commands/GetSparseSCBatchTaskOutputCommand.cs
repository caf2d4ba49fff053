using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Reads what tasks wrote to standard output and standard error, every run of them.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCBatchTaskOutput")]
[OutputType(typeof(JobTaskOutput))]
public sealed class GetSparseSCBatchTaskOutputCommand : BatchCommand
{
    /// <summary>The tasks; or jobs, or their ids, for all of their tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job", "Task")]
    [BatchTaskTransformation]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchTaskReference[] JobId { get; set; } = [];

    /// <summary>Only these tasks; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? TaskId { get; set; }

    /// <summary>Only the latest run of each task.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>Goes on with what the tasks write, piece by piece, until they are over.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForEach(JobId, Write);

    private void Write(BatchTaskReference reference) => RunOnBackend(reference.Config, $"Reading output of {reference}", async on =>
    {
        await foreach (string task in TaskIdsAsync(reference, on).ConfigureAwait(false))
        {
            IAsyncEnumerable<JobTaskOutput> outputs = Follow
                ? new TaskOutputFollower(on.Backend).FollowAsync(reference.JobId, task, on.Stopping)
                : on.Backend.ReadOutputAsync(reference.JobId, task, on.Stopping);
            await foreach (JobTaskOutput output in outputs.ConfigureAwait(false))
            {
                if (!Latest || output.IsLatest)
                {
                    on.Streams.Write(output);
                }
            }
        }

        return true;
    });

    // Tasks that are named need not be listed, and one that is not there is an error then.
    private async IAsyncEnumerable<string> TaskIdsAsync(BatchTaskReference reference, BackendWork on)
    {
        string[]? named = reference.TaskId is null ? TaskId : [reference.TaskId];
        if (named is not null && !named.Any(WildcardPattern.ContainsWildcardCharacters))
        {
            foreach (string name in named)
            {
                yield return name;
            }

            yield break;
        }

        NamePatterns patterns = new(named);
        await foreach (JobTask task in on.Backend.ListTasksAsync(reference.JobId, on.Stopping).ConfigureAwait(false))
        {
            if (patterns.Admit(task.Id))
            {
                yield return task.Id;
            }
        }
    }
}
