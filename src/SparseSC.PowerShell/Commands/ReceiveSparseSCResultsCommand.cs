using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Brings a job's results into the batch directory and says what is there and what is missing.</summary>
[Cmdlet(VerbsCommunications.Receive, "SparseSCResults")]
[Alias("Receive-SparseSCResult")]
[OutputType(typeof(BatchResults), typeof(Job))]
public sealed class ReceiveSparseSCResultsCommand : BatchCommand
{
    private readonly List<ResultsReceive.Order> _later = [];

    /// <summary>The job, or its id; without it the batch directory is looked at as it is.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    [NeverNull]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public BatchJobReference? JobId { get; set; }

    /// <summary>The batch directory to receive into; without it, the one the job was started from.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Directory", "Plan")]
    [BatchDirectoryTransformation]
    public string? BatchDirectory { get; set; }

    /// <summary>Receives in a PowerShell job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => JobId?.Id ?? BatchDirectory;

    /// <inheritdoc/>
    protected override void Process()
    {
        ResultsReceive.Order order = new(
            JobId is null ? null : new BatchJobReference(JobId.Id, Config ?? JobId.Config), BatchDirectory is null ? null : ResolvePath(BatchDirectory));
        if (AsJob)
        {
            _later.Add(order);
        }
        else if (order.Job is { } job)
        {
            _ = RunOnBackend(job.Config, order.Activity, async on =>
            {
                await ResultsReceive.RunAsync(order, () => on.Backend, on.Streams, on.Stopping).ConfigureAwait(false);
                return true;
            });
        }
        else
        {
            _ = RunWithStreams(async (streams, stopping) =>
            {
                await ResultsReceive.RunAsync(order, () => throw new InvalidOperationException("There is no job."), streams, stopping).ConfigureAwait(false);
                return true;
            });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_later.Count > 0)
        {
            RunAsJob((streams, stopping) => ResultsReceive.RunAllAsync(_later, streams, stopping));
        }
    }
}
