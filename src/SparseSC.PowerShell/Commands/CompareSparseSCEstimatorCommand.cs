using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Backtests;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Commands;

/// <summary>Says which estimator predicts best on a panel, by backtests where there is no effect.</summary>
[Cmdlet(VerbsData.Compare, "SparseSCEstimator")]
[OutputType(typeof(EstimatorScore))]
public sealed class CompareSparseSCEstimatorCommand : SparseSCCommand
{
    private static readonly ComparisonOptions Defaults = new();

    /// <summary>The panel.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PanelTransformation]
    public Panel Panel { get; set; } = null!;

    /// <summary>The estimators compared.</summary>
    [Parameter]
    [EstimatorTransformation]
    public EffectMethod[] Estimator { get; set; } = [];

    /// <summary>Where backtests take a treatment from.</summary>
    [Parameter]
    public BacktestKind[] Kind { get; set; } = [];

    /// <summary>Where intervals come from.</summary>
    [Parameter]
    [EnumNameTransformation]
    public EffectInference Inference { get; set; } = Defaults.Inference;

    /// <summary>Most backtests of each kind.</summary>
    [Parameter]
    public int MaxBacktests { get; set; } = Defaults.MaxBacktests;

    /// <summary>Outcomes matched on.</summary>
    [Parameter]
    public int? PrePeriods { get; set; }

    /// <summary>Periods over which errors are taken.</summary>
    [Parameter]
    public int? PostPeriods { get; set; }

    /// <summary>Other pre-period lengths of a specification curve.</summary>
    [Parameter]
    public int[] PreLengths { get; set; } = [];

    /// <summary>Its sets of donors left out, each a name or several.</summary>
    [Parameter]
    public object[] Without { get; set; } = [];

    /// <summary>Level of the intervals.</summary>
    [Parameter]
    public double Level { get; set; } = Defaults.Level;

    /// <summary>Seed of what is drawn.</summary>
    [Parameter]
    public uint Seed { get; set; } = Defaults.Seed;

    /// <summary>Threads to use.</summary>
    [Parameter]
    public int ThrottleLimit { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Panel;

    /// <inheritdoc/>
    protected override void Process()
    {
        Tell(Story.Of(Panel));
        EstimatorComparison comparison = Compare(EffectData.FromPanel(Panel), Options());
        foreach (string warning in comparison.Warnings.Except(Panel.Warnings))
        {
            WriteMappedWarning(warning);
        }

        foreach (EstimatorScore score in comparison.Scores)
        {
            WriteObject(score);
        }
    }

    private EstimatorComparison Compare(EffectData data, ComparisonOptions options)
    {
        FitProgressMeter meter = new();
        return RunOffThread(port =>
        {
            ProgressBar<FitProgress> bar = new(this, port, "Comparing estimators", meter.Describe);
            try
            {
                return Task.FromResult(EstimatorComparison.Run(data, options, bar, port.Stopping));
            }
            finally
            {
                bar.Complete();
            }
        });
    }

    private ComparisonOptions Options() => new()
    {
        Estimators = Estimator,
        Kinds = Kind,
        Inference = Inference,
        MaxBacktests = MaxBacktests,
        PrePeriods = PrePeriods,
        PostPeriods = PostPeriods,
        PreLengths = PreLengths,
        Without = Array.ConvertAll(Without, Names),
        Level = Level,
        Seed = Seed,
        MaxDegreeOfParallelism = ThrottleLimit,
    };

    private static string[] Names(object set) => PropertyReader.Unwrap(set) is object[] several
        ? [.. several.Select(name => RowObject.Text(PropertyReader.Unwrap(name)) ?? "")]
        : [RowObject.Text(PropertyReader.Unwrap(set)) ?? ""];
}
