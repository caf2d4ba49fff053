using System.Management.Automation;
using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Starts the tasks of a plan that have no valid result yet.</summary>
[Cmdlet(VerbsLifecycle.Start, "SparseSCBatchJob", SupportsShouldProcess = true)]
[OutputType(typeof(BatchJob))]
public sealed class StartSparseSCBatchJobCommand : BatchCommand
{
    /// <summary>The plan, or the path of its batch directory.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Directory", "Plan")]
    [BatchDirectoryTransformation]
    [ValidateNotNullOrEmpty]
    public string BatchDirectory { get; set; } = "";

    /// <summary>The job's id; without it the plan's job is taken up again, or an id is made.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string? JobId { get; set; }

    /// <summary>Lets the workers go on when this session ends.</summary>
    [Parameter]
    public SwitchParameter Detach { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => BatchDirectory;

    /// <inheritdoc/>
    protected override void Process()
    {
        BatchPlan plan = BatchPlan.Load(ResolvePath(BatchDirectory));
        if (!ShouldProcess(plan.Directory, "Start a batch job"))
        {
            return;
        }

        IBatchBackend backend = BackendFor();
        BatchJobRequest request = new() { JobId = JobId, Detach = Detach };
        BatchJobStart start = RunOffThread(port => backend.StartAsync(plan, request, port.Stopping));
        Tell(start);
        WriteObject(Spell(start.Job));
    }

    private void Tell(BatchJobStart start)
    {
        BatchJob job = start.Job;
        switch (start.Outcome)
        {
            case BatchJobStartOutcome.AlreadyRunning:
                WriteWarning($"Job '{job.Id}' is computing this plan already; it was not started twice.");
                break;
            case BatchJobStartOutcome.NothingLeft:
                WriteVerbose($"Every task of job '{job.Id}' has a result already; nothing was started.");
                break;
            case BatchJobStartOutcome.Resumed:
                WriteVerbose($"Job '{job.Id}' goes on with the {job.Left} of {job.Tasks} tasks that it had left.");
                break;
            default:
                WriteVerbose($"Job '{job.Id}' was started with {job.Left} tasks.");
                break;
        }
    }
}
