using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Looks at the tasks of jobs: what each computes, where it runs, and what went wrong.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCBatchTask")]
[OutputType(typeof(JobTask))]
public sealed class GetSparseSCBatchTaskCommand : BatchCommand
{
    private NamePatterns? _patterns;

    /// <summary>The jobs, or their ids; tasks to look at again are taken too.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchTaskTransformation]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchTaskReference[] JobId { get; set; } = [];

    /// <summary>Only these tasks; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? TaskId { get; set; }

    /// <summary>Only tasks in one of these states.</summary>
    [Parameter]
    public JobTaskState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _patterns = new NamePatterns(TaskId);

    /// <inheritdoc/>
    protected override void Process() => ForEach(JobId, Write);

    private void Write(BatchTaskReference reference) => RunOnBackend(reference.Config, null, async on =>
    {
        await foreach (JobTask task in on.Backend.ListTasksAsync(reference.JobId, on.Stopping).ConfigureAwait(false))
        {
            bool isWanted = (reference.TaskId is null || reference.TaskId == task.Id)
                && _patterns!.Admit(task.Id)
                && (State is null || State.Contains(task.State));
            if (isWanted)
            {
                on.Streams.Write(task);
            }
        }

        return true;
    });
}
