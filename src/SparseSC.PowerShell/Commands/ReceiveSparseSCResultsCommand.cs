using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Commands;

/// <summary>Brings a job's results into the batch directory and says what is there and what is missing.</summary>
[Cmdlet(VerbsCommunications.Receive, "SparseSCResults")]
[Alias("Receive-SparseSCResult")]
[OutputType(typeof(BatchResults))]
public sealed class ReceiveSparseSCResultsCommand : BatchCommand
{
    /// <summary>The job, or its id; without it the batch directory is looked at as it is.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Job")]
    [BatchJobTransformation]
    [NeverNull]
    public BatchJobReference? JobId { get; set; }

    /// <summary>The batch directory to receive into; without it, the one the job was started from.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Directory", "Plan")]
    [BatchDirectoryTransformation]
    public string? BatchDirectory { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => JobId?.Id ?? BatchDirectory;

    /// <inheritdoc/>
    protected override void Process()
    {
        BatchResults results = Collect();
        Tell(Story.Of(results));
        if (!results.IsComplete)
        {
            WriteMappedWarning($"{results.Message} Start-SparseSCBatchJob computes only what is missing.");
        }

        WriteObject(results);
    }

    private BatchResults Collect()
    {
        string? directory = BatchDirectory is null ? null : ResolvePath(BatchDirectory);
        if (JobId is not null)
        {
            return RunOnBackend(JobId.Config, $"Receiving results of job {JobId.Id}", on => on.Backend.CollectAsync(JobId.Id, directory, on.Stopping));
        }

        return directory is null
            ? throw new InvalidInputException("NothingToReceive", "Give {JobId}, {BatchDirectory}, or both.", nameof(JobId))
            : RunOffThread(_ => Task.FromResult(ResultFiles.Survey(BatchPlan.Load(directory))));
    }
}
