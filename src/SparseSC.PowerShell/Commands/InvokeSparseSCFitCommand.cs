using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Plan;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Fits sparse synthetic controls, or writes the plan of a fit to be run in many places.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SparseSCFit", DefaultParameterSetName = PanelSet, SupportsShouldProcess = true)]
[OutputType(typeof(SyntheticControlFit), typeof(BatchPlan))]
public sealed class InvokeSparseSCFitCommand : FastFitOptionCommand
{
    private const string PanelSet = "Panel";
    private const string MatrixSet = "Matrix";

    /// <summary>The panel.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PanelSet)]
    [PanelTransformation]
    public Panel Panel { get; set; } = null!;

    /// <summary>What units are matched on, one row per unit.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatrixSet)]
    [Alias("Features")]
    public object Feature { get; set; } = null!;

    /// <summary>What is predicted, one row per unit.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatrixSet)]
    [Alias("Targets")]
    public object Target { get; set; } = null!;

    /// <summary>The treated units: row numbers from 0, or names when rows are named.</summary>
    [Parameter(ParameterSetName = MatrixSet)]
    [Alias("Treated", "TreatedUnits")]
    public object[] TreatedUnit { get; set; } = [];

    /// <summary>Chooses features apart from unit weights, each once.</summary>
    [Parameter]
    public SwitchParameter Fast { get; set; }

    /// <summary>Writes the plan of the fit into this folder and runs nothing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BatchDirectory { get; set; }

    /// <summary>Replaces another plan in the batch directory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => ParameterSetName == PanelSet ? Panel : BatchDirectory;

    /// <inheritdoc/>
    protected override void Process()
    {
        FastFitOptionBinder.Check(Fast, MyInvocation.BoundParameters.Keys);
        FitData data = ParameterSetName == PanelSet ? Panel.ToFitData() : ReadMatrices();
        if (Fast)
        {
            FastFitOptions fast = FastFitOptionBinder.Bind(this, ResolvePath);
            Fit((bar, port) => FastFit.Run(data, fast, bar, port.Stopping));
            return;
        }

        ScriptCallbacks callbacks = new();
        FitOptions options = FitOptionBinder.Bind(this, callbacks, ResolvePath);
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

    private FitData ReadMatrices()
    {
        FeatureMatrix features = MatrixArgument.Read(Feature, "Features", ResolvePath);
        FeatureMatrix targets = MatrixArgument.Read(Target, "Targets", ResolvePath);
        return new FitData(features, targets, TreatedUnitArgument.Read(TreatedUnit, features, targets));
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
        Warn(fit.Warnings);
        WriteObject(fit);
    }

    private void Plan(FitData data, FitOptions options, string directory)
    {
        if (!ShouldProcess(directory, "Write the plan of the fit"))
        {
            return;
        }

        BatchPlan plan = RunOffThread(port => Task.FromResult(BatchPlan.Create(data, options, directory, Force, port.Stopping)));
        WriteTakenUp(plan);
        Warn(plan.Warnings);
        WriteObject(plan);
    }

    private void Warn(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            WriteMappedWarning(warning);
        }
    }
}
