using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Starts the tasks of a plan that have no valid result yet.</summary>
[Cmdlet(VerbsLifecycle.Start, "SparseSCBatchJob", SupportsShouldProcess = true)]
[OutputType(typeof(BatchJob), typeof(Job))]
public sealed class StartSparseSCBatchJobCommand : BatchCommand
{
    private readonly List<JobsStart.Order> _later = [];

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

    /// <summary>Tasks of the plan that run together as one task of the job.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TaskGroupSize { get; set; }

    /// <summary>Makes the final fit where the tasks run, so that only the model comes back.</summary>
    [Parameter]
    public SwitchParameter MergeOnNode { get; set; }

    /// <summary>Lets the workers go on when this session ends.</summary>
    [Parameter]
    public SwitchParameter Detach { get; set; }

    /// <summary>Starts in a PowerShell job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => BatchDirectory;

    /// <inheritdoc/>
    protected override void Process()
    {
        BatchPlan plan = BatchPlans.Load(ResolvePath(BatchDirectory));
        if (!ShouldProcess(plan.Directory, "Start a batch job"))
        {
            return;
        }

        BatchJobRequest request = new() { JobId = JobId, Detach = Detach, TaskGroupSize = TaskGroupSize, MergeOnNode = MergeOnNode };
        JobsStart.Order order = new(plan, request, Config);
        if (AsJob)
        {
            _later.Add(order);
        }
        else
        {
            _ = RunOnBackend(null, order.Activity, on => JobsStart.RunAsync(order, on));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_later.Count > 0)
        {
            RunHereOr(asJob: true, (streams, stopping) => JobsStart.RunAllAsync(_later, streams, stopping));
        }
    }
}
