using System.Collections;
using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Options;

/// <summary>A cmdlet that takes a panel and the options of an effect estimate.</summary>
public abstract class EffectOptionCommand : FastFitOptionCommand
{
    /// <summary>The panel.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PanelTransformation]
    public Panel Panel { get; set; } = null!;

    /// <summary>How synthetic controls are fitted.</summary>
    [Parameter]
    [EstimatorTransformation]
    public EffectMethod? Estimator { get; set; }

    /// <summary>How weights of synthetic difference in differences are found.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    [EnumNameTransformation]
    public SdidSolver? Solver { get; set; }

    /// <summary>What is done with covariates.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public CovariateUse? CovariatesBy { get; set; }

    /// <summary>The ridge penalty of augmented synthetic control.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public double? Lambda { get; set; }

    /// <summary>How that penalty is chosen.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    [EnumNameTransformation]
    public PenaltyChoice? LambdaChoice { get; set; }

    /// <summary>The share of the mean's match in partially pooled synthetic control.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public double? Nu { get; set; }

    /// <summary>Its periods from the treatment on.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public int? Leads { get; set; }

    /// <summary>Its periods before the treatment that are matched.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public int? Lags { get; set; }

    /// <summary>What has its own weights in it.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public PooledBy By { get; set; }

    /// <summary>Placebos of several treated units, or bootstrap samples.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public int? Replications { get; set; }

    /// <summary>A file with the draws themselves.</summary>
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    [ValidateNotNullOrEmpty]
    public string? Resamples { get; set; }

    /// <summary>The penalty of penalized synthetic control.</summary>
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public double? Penalty { get; set; }

    /// <summary>Singular values that robust synthetic control keeps.</summary>
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public int? Rank { get; set; }

    /// <summary>The ridge penalty of robust synthetic control.</summary>
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public double? Ridge { get; set; }

    /// <summary>The time from which on outcomes choose the weights of predictors.</summary>
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [ValidateNotNullOrEmpty]
    public string? ValidationFrom { get; set; }

    /// <summary>The joint fit instead of the fast one.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Mean, DontShow = true)]
    public virtual SwitchParameter Joint { get; set; }

    /// <summary>Where unit weights live.</summary>
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Parameter(ParameterSetName = ParameterSets.Joint, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Fast, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Mean, DontShow = true)]
    public virtual UnitWeightKind UnitWeight { get; set; }

    /// <summary>Outcomes matched on.</summary>
    [Parameter]
    public int? PrePeriods { get; set; }

    /// <summary>Targets of the fit.</summary>
    [Parameter]
    public int? PostPeriods { get; set; }

    /// <summary>Periods in which a prospective fit evaluates the effect.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public int? EvaluationPeriods { get; set; }

    /// <summary>Folds in which controls are held out as if treated: a number, All, or 1 for none.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Alias("CrossFit")]
    [ArgumentCompleter(typeof(AllFoldsCompleter))]
    public string? CrossFitFolds { get; set; }

    /// <summary>Seed of these folds.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public uint? CrossFitSeed { get; set; }

    /// <summary>How held-out controls are fitted.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public EffectMethod? CrossFitBy { get; set; }

    /// <summary>Most placebos to use; 0 uses all.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public int? MaxPlacebos { get; set; }

    /// <summary>Level of the intervals.</summary>
    [Parameter]
    public double? Level { get; set; }

    /// <summary>p-values and intervals from the placebos' two tails.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public SwitchParameter Asymmetric { get; set; }

    /// <summary>Which placebo an interval ends at.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public IntervalRule? Interval { get; set; }

    /// <summary>On which scale placebos of several treated units are.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public PlaceboScale? PlaceboScale { get; set; }

    /// <summary>The treatment each treated unit received, by its name.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Alias("Doses")]
    public IDictionary? Dose { get; set; }

    /// <summary>Replaces the treated units of each treatment time by their mean.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    public SwitchParameter AverageTreated { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Panel;

    /// <summary>Whose unit weights are kept; by default those of the treated units. Those of all are units × controls numbers.</summary>
    [Parameter]
    public KeptUnits? Weights { get; set; }

    /// <summary>The parameters given, as messages of the core name them.</summary>
    internal string[] GivenOptions => [.. MyInvocation.BoundParameters.Keys.Select(FastFitOptionBinder.CoreName)];

    /// <summary>Whether each unit has a fixed effect.</summary>
    internal abstract bool IsDemeaned { get; }

    /// <summary>Adds to the options what only the cmdlet at hand has.</summary>
    internal virtual void Complete(EffectOptions options)
    {
    }

    /// <summary>Runs work with a progress bar and writes its result.</summary>
    internal T RunWithProgress<T>(string activity, Func<EffectOptions, IProgress<FitProgress>, CancellationToken, T> run)
    {
        ScriptCallbacks callbacks = new();
        EffectOptions options = EffectOptionBinder.Bind(this, callbacks, ResolvePath);
        Complete(options);
        FitProgressMeter meter = new();
        return RunOffThread(port =>
        {
            callbacks.Port = port;
            ProgressBar<FitProgress> bar = new(this, port, activity, meter.Describe);
            try
            {
                return Task.FromResult(run(options, bar, port.Stopping));
            }
            finally
            {
                bar.Complete();
            }
        });
    }
}
