using System.Management.Automation;
using SparseSC.Core.Effects;
using SparseSC.Core.Fitting;
using SparseSC.Core.Plan;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Commands;

/// <summary>Puts the results of a plan together: to the final fit with the penalty chosen, or to the effects.</summary>
[Cmdlet(VerbsData.Merge, "SparseSCResults")]
[Alias("Merge-SparseSCResult")]
[OutputType(typeof(SyntheticControlFit), typeof(EffectEstimate))]
public sealed class MergeSparseSCResultsCommand : SparseSCCommand
{
    /// <summary>The batch directory, or anything that knows it: a plan, a job, or received results.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Directory", "Plan", "Job")]
    [BatchDirectoryTransformation]
    [ValidateNotNullOrEmpty]
    public string BatchDirectory { get; set; } = "";

    /// <summary>Chooses otherwise than the plan says: Min, OneStandardError (1se), or a script block.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChoiceCompleter))]
    public object? Choice { get; set; }

    /// <summary>Merges an incomplete set: penalties that lack a fold are left out of the choice.</summary>
    [Parameter]
    public SwitchParameter AllowPartial { get; set; }

    /// <summary>Threads to use; 0 means one per processor.</summary>
    [Parameter]
    [Alias("MaxDegreeOfParallelism")]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>Leaves out the matrix of unit weights.</summary>
    [Parameter]
    public SwitchParameter NoWeights { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => BatchDirectory;

    /// <inheritdoc/>
    protected override void Process()
    {
        string directory = ResolvePath(BatchDirectory);
        ChoiceArgument? choice = Choice is null ? null : ChoiceArgument.Read(Choice);
        ScriptCallbacks callbacks = new();
        FitProgressMeter meter = new();
        object merged = RunOffThread(port =>
        {
            callbacks.Port = port;
            ProgressBar<FitProgress> bar = new(this, port, "Merging results", meter.Describe);
            try
            {
                MergeOptions how = new()
                {
                    Choice = choice?.Rule,
                    ChoiceCallback = choice?.Script is null ? null : callbacks.Choice(choice.Script),
                    KeepWeights = NoWeights ? false : null,
                    AllowPartial = AllowPartial,
                    MaxDegreeOfParallelism = ThrottleLimit,
                };
                BatchPlan plan = BatchPlan.Load(directory);
                foreach (string line in Story.Of(plan))
                {
                    Tell(line);
                }

                return Task.FromResult<object>(plan.Kind == PlanKind.Effects ? plan.MergeEffects(how, bar, port.Stopping) : plan.Merge(how, bar, port.Stopping));
            }
            finally
            {
                bar.Complete();
            }
        });
        Report(merged);
    }
}
