using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Lists what was observed beside what the synthetic control says, unit by unit and time by time.</summary>
[Cmdlet(VerbsCommon.Get, "SparseSCPrediction")]
[OutputType(typeof(PredictionRow))]
public sealed class GetSparseSCPredictionCommand : SparseSCCommand
{
    /// <summary>The fit, or the effect.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Effect")]
    [ModelTransformation]
    public object Fit { get; set; } = null!;

    /// <summary>Units wanted, with wildcards if wanted; without it, the treated ones.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[]? Unit { get; set; }

    /// <summary>Level of the intervals around the synthetic values.</summary>
    [Parameter]
    public double Level { get; set; } = 0.95;

    /// <summary>Other outcomes or periods to predict with the weights of a fit, a matrix with one row per unit.</summary>
    [Parameter]
    public object? Target { get; set; }

    /// <summary>The features of the fit, from which its weights are made anew when it does not hold them.</summary>
    [Parameter]
    public object? Feature { get; set; }

    /// <summary>The donor pool of the fit, for weights made of features.</summary>
    [Parameter]
    public object? DonorPool { get; set; }

    /// <summary>Leaves out donors whose features and targets are all 0.</summary>
    [Parameter]
    public SwitchParameter ExcludeTrivialDonors { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Fit;

    /// <inheritdoc/>
    protected override void Process()
    {
        RefuseUnused();
        IEnumerable<PredictionRow> rows = Fit is EffectEstimate effect
            ? EffectRows.Predictions(effect, UnitSelection.Of(effect).Rows(Unit, ReportUnknown), Level)
            : OfFit((SyntheticControlFit)Fit);
        WriteObject(rows, enumerateCollection: true);
    }

    private IEnumerable<PredictionRow> OfFit(SyntheticControlFit fit)
    {
        int[] units = [.. UnitSelection.Of(fit).Rows(Unit, ReportUnknown)];
        if (Target is null)
        {
            return FitRows.Predictions(fit, units, Level);
        }

        FeatureMatrix targets = MatrixArgument.Read(Target, "Targets", ResolvePath);
        FeatureMatrix? features = Feature is null ? null : MatrixArgument.Read(Feature, "Features", ResolvePath);
        bool[,]? pool = DonorPool is null ? null : DonorPoolArgument.Read(DonorPool, ResolvePath);
        double[,] synthetic = RunOffThread(port => Task.FromResult(features is null
            ? Prediction.FromWeights(fit, targets, !ExcludeTrivialDonors)
            : Prediction.FromFeatures(fit, features, targets, pool, !ExcludeTrivialDonors, cancellationToken: port.Stopping)));
        return FitRows.Predictions(fit, targets, synthetic, units, Level);
    }

    private void RefuseUnused()
    {
        string? unused = Target is null || Fit is EffectEstimate
            ? Feature is not null ? "Features" : DonorPool is not null ? "DonorPool" : ExcludeTrivialDonors ? "ExcludeTrivialDonors" : null
            : Feature is null && DonorPool is not null ? "DonorPool" : null;
        if (Target is not null && Fit is EffectEstimate)
        {
            throw new InvalidInputException(
                "OptionNotUsed",
                "{Targets} is predicted with the weights of one fit, and an effect has one for each treatment time. Give one of its Periods' Fit.",
                "Targets");
        }

        if (unused is not null)
        {
            string needed = Target is null ? "Targets" : "Features";
            throw new InvalidInputException(
                "OptionNotUsed", $"{{{unused}}} is used together with {{{needed}}} only. Give that as well, or leave it out.", unused);
        }
    }

    private void ReportUnknown(string name, Exception error) => WriteMappedError(error, name);
}
