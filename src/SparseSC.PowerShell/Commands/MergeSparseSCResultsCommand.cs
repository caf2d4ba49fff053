using System.Management.Automation;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Options;

namespace SparseSC.PowerShell.Commands;

/// <summary>Puts the results of a plan together: to the final fit with the penalty chosen, or to the effects.</summary>
[Cmdlet(VerbsData.Merge, "SparseSCResults")]
[Alias("Merge-SparseSCResult")]
[OutputType(typeof(SyntheticControlFit), typeof(EffectEstimate), typeof(Job))]
public sealed class MergeSparseSCResultsCommand : SparseSCCommand
{
    private readonly List<string> _later = [];

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

    /// <summary>Merges in a PowerShell job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string directory = ResolvePath(BatchDirectory);
        if (AsJob)
        {
            _later.Add(directory);
            return;
        }

        ChoiceArgument? choice = Choice is null ? null : ChoiceArgument.Read(Choice);
        ScriptCallbacks callbacks = new();
        object merged = RunOffThread(port =>
        {
            callbacks.Port = port;
            PipelineStreams streams = new(this) { Port = port };
            return Task.FromResult(ResultsMerge.Run(directory, Options(choice, callbacks), streams, port.Stopping));
        });
        Report(merged);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_later.Count == 0)
        {
            return;
        }

        ChoiceArgument? choice = Choice is null ? null : ChoiceArgument.Read(Choice);
        MergeOptions how = choice?.Script is null ? Options(choice, new ScriptCallbacks()) : throw new InvalidInputException(
            "ChoiceScriptAsJob", "{Choice} is a script block, which runs in this session and not in a job of it. Leave -AsJob out, or give Min or 1se.", nameof(Choice));
        RunAsJob((streams, stopping) => ResultsMerge.RunAllAsync(_later, how, streams, stopping));
    }

    private MergeOptions Options(ChoiceArgument? choice, ScriptCallbacks callbacks) => new()
    {
        Choice = choice?.Rule,
        ChoiceCallback = choice?.Script is null ? null : callbacks.Choice(choice.Script),
        KeepWeights = NoWeights ? false : null,
        AllowPartial = AllowPartial,
        MaxDegreeOfParallelism = ThrottleLimit,
    };
}
