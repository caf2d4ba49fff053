using System.Management.Automation;
using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;
using SparseSC.PowerShell.Options;

namespace SparseSC.PowerShell.Commands;

/// <summary>Estimates the effect of a panel's treatment, or writes the plan of an estimate to be run in many places.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SparseSCEffect", DefaultParameterSetName = ParameterSets.Fast, SupportsShouldProcess = true)]
[OutputType(typeof(EffectEstimate), typeof(BatchPlan))]
public sealed class MeasureSparseSCEffectCommand : EffectOptionCommand
{
    /// <summary>A fixed effect per unit.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public SwitchParameter Demean { get; set; }

    /// <inheritdoc/>
    internal override bool IsDemeaned => Demean;

    /// <summary>Where p-values, intervals and standard errors come from.</summary>
    [Parameter]
    [EnumNameTransformation]
    public EffectInference? Inference { get; set; }

    /// <summary>The rearrangements of a conformal test: Block, Iid, or how many random ones.</summary>
    [Parameter]
    public string? Permutations { get; set; }

    /// <summary>How many effects a conformal test tries.</summary>
    [Parameter]
    public int? NullGrid { get; set; }

    /// <summary>Probability that the weights' error exceeds the in-sample part of a prediction interval.</summary>
    [Parameter]
    public double? UAlpha { get; set; }

    /// <summary>Probability that the error after the treatment exceeds the out-of-sample part.</summary>
    [Parameter]
    public double? EAlpha { get; set; }

    /// <summary>How that part is found.</summary>
    [Parameter]
    [EnumNameTransformation]
    public OutOfSampleMethod? EMethod { get; set; }

    /// <summary>Residuals explained by first differences of donors' outcomes.</summary>
    [Parameter]
    public SwitchParameter Differences { get; set; }

    /// <summary>How many draws simulate the weights' error, or a file that holds them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Draws { get; set; }

    /// <summary>Writes the plan of the estimate into this folder and holds no control out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BatchDirectory { get; set; }

    /// <summary>Replaces another plan in the batch directory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (BatchDirectory is not null)
        {
            Plan(ResolvePath(BatchDirectory));
            return;
        }

        Tell(Story.Of(Panel));
        EffectEstimate estimate = RunWithProgress("Estimating the effect", (options, bar, stop) => EffectEstimator.Run(Panel, options, bar, stop));
        Report(estimate, Panel.Warnings);
    }

    internal override void Complete(EffectOptions options)
    {
        options.Inference = Inference ?? EffectInference.Placebo;
        options.Conformal.Rearrange(Permutations);
        options.Conformal.NullGrid = NullGrid;
        EffectInferenceUse.CheckOptions(options.Inference, options.Conformal.Permutations, GivenOptions);
        PredictionIntervalOptions intervals = options.PredictionInterval;
        if (Level is double level)
        {
            intervals.Share(level);
        }

        intervals.UAlpha = UAlpha ?? intervals.UAlpha;
        intervals.EAlpha = EAlpha ?? intervals.EAlpha;
        intervals.Method = EMethod ?? intervals.Method;
        intervals.Differences = Differences;
        intervals.Draw(Draws, ResolvePath);
    }

    private void Plan(string directory)
    {
        if (ShouldProcess(directory, "Write the plan of the effect estimate"))
        {
            Report(RunWithProgress("Planning the effect estimate", (options, bar, stop) =>
                BatchPlans.CreateEffects(EffectData.FromPanel(Panel), options, directory, Force, Panel.OutcomeName, bar, stop)), Panel.Warnings);
        }
    }
}
