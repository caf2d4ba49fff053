using System.Management.Automation;
using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;
using SparseSC.PowerShell.Options;

namespace SparseSC.PowerShell.Commands;

/// <summary>Fits sparse synthetic controls, or writes the plan of a fit to be run in many places.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SparseSCFit", DefaultParameterSetName = ParameterSets.Joint, SupportsShouldProcess = true)]
[OutputType(typeof(SyntheticControlFit), typeof(BatchPlan))]
public sealed class InvokeSparseSCFitCommand : FastFitOptionCommand
{
    /// <summary>The panel; in its place, matrices of features and targets.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PanelTransformation]
    public Panel? Panel { get; set; }

    /// <summary>What units are matched on, one row per unit.</summary>
    [Parameter]
    [Alias("Features")]
    [ValidateNotNull]
    public object? Feature { get; set; }

    /// <summary>What is predicted, one row per unit.</summary>
    [Parameter]
    [Alias("Targets")]
    [ValidateNotNull]
    public object? Target { get; set; }

    /// <summary>The treated units of matrices: row numbers from 0, or names when rows are named.</summary>
    [Parameter]
    [Alias("Treated", "TreatedUnits")]
    public object[] TreatedUnit { get; set; } = [];

    /// <summary>Chooses features apart from unit weights, each once.</summary>
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.Joint, DontShow = true)]
    public SwitchParameter Fast { get; set; }

    /// <summary>Which control (column) may be a donor of which unit (row): a matrix of 0 and 1.</summary>
    [Parameter]
    public object? DonorPool { get; set; }

    /// <summary>Other targets that a fast fit predicts with the same weights, one row per unit.</summary>
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Alias("AuxiliaryTargets")]
    public object? AuxiliaryTarget { get; set; }

    /// <summary>Writes the plan of the fit into this folder and runs nothing.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [ValidateNotNullOrEmpty]
    public string? BatchDirectory { get; set; }

    /// <summary>Replaces another plan in the batch directory.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)Panel ?? BatchDirectory;

    /// <inheritdoc/>
    protected override void Process()
    {
        FastFitOptionBinder.Check(this, Fast, MyInvocation.BoundParameters.Keys);
        FitData data = FitDataArgument.Read(Panel, Feature, Target, TreatedUnit, ResolvePath);
        Tell(Story.Of(data));
        bool[,]? pool = DonorPool is null ? null : DonorPoolArgument.Read(DonorPool, ResolvePath);
        if (Fast)
        {
            FastFitOptions fast = FastFitOptionBinder.Bind(this);
            fast.DonorPool = pool;
            fast.AuxiliaryTargets = AuxiliaryTarget is null ? null : MatrixArgument.Read(AuxiliaryTarget, "AuxiliaryTargets", ResolvePath);
            Fit((bar, port) => FastFit.Run(data, fast, bar, port.Stopping));
            return;
        }

        ScriptCallbacks callbacks = new();
        FitOptions options = FitOptionBinder.Bind(this, callbacks, ResolvePath);
        options.DonorPool = pool;
        options.WPenGrid = WPenGrid ?? default;
        options.MatchSpace = MatchSpace is null ? null : FastFitOptionBinder.MatchSpace(this);
        if (BatchDirectory is null)
        {
            Fit((bar, port) =>
            {
                callbacks.Port = port;
                return JointFit.Run(data, options, bar, port.Stopping);
            });
        }
        else
        {
            Plan(data, options, ResolvePath(BatchDirectory));
        }
    }

    private void Fit(Func<IProgress<FitProgress>, PipelinePort, SyntheticControlFit> run)
    {
        FitProgressMeter meter = new();
        SyntheticControlFit fit = RunOffThread(port =>
        {
            ProgressBar<FitProgress> bar = new(this, port, "Fitting synthetic controls", meter.Describe);
            try
            {
                return Task.FromResult(run(bar, port));
            }
            finally
            {
                bar.Complete();
            }
        });
        Report(fit, Panel?.Warnings);
    }

    private void Plan(FitData data, FitOptions options, string directory)
    {
        if (!ShouldProcess(directory, "Write the plan of the fit"))
        {
            return;
        }

        BatchPlan plan = RunOffThread(port => Task.FromResult(BatchPlans.Create(data, options, directory, Force, port.Stopping)));
        Report(plan, Panel?.Warnings);
    }
}
