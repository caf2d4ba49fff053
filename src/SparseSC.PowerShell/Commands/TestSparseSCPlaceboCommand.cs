using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;
using SparseSC.PowerShell.Formatting;
using SparseSC.PowerShell.Options;

namespace SparseSC.PowerShell.Commands;

/// <summary>Tests the effect of a panel's treatment by placebos in space or time, by leaving donors out, or conformally.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SparseSCPlacebo", DefaultParameterSetName = ParameterSets.Fast)]
[OutputType(typeof(SpacePlacebo), typeof(TimePlacebo), typeof(LeaveOneOutTest), typeof(ConformalTest))]
public sealed class TestSparseSCPlaceboCommand : EffectOptionCommand
{
    private const string Activity = "Testing the effect";

    /// <summary>The test.</summary>
    [Parameter]
    [EnumNameTransformation]
    public EffectTestKind Kind { get; set; }

    /// <summary>Times to date the treatment back to.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    [Alias("PlaceboTime")]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object[] PlaceboTimes { get; set; } = [];

    /// <summary>Which rearrangements a conformal test compares with.</summary>
    [Parameter(ParameterSetName = ParameterSets.Conformal)]
    public ConformalPermutations Permutations { get; set; }

    /// <summary>Random permutations drawn for a conformal test.</summary>
    [Parameter(ParameterSetName = ParameterSets.Conformal)]
    public int? Draws { get; set; }

    /// <summary>The norm of a conformal test's statistic.</summary>
    [Parameter(ParameterSetName = ParameterSets.Conformal)]
    public double? Norm { get; set; }

    /// <summary>How many effects a conformal test tries.</summary>
    [Parameter(ParameterSetName = ParameterSets.Conformal)]
    public int? NullGrid { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Conformal, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Mean, DontShow = true)]
    public override SwitchParameter Joint { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Parameter(ParameterSetName = ParameterSets.Joint, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Fast, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Conformal, DontShow = true)]
    [Parameter(ParameterSetName = ParameterSets.Mean, DontShow = true)]
    public override UnitWeightKind UnitWeight { get; set; }

    /// <summary>A fixed effect per unit.</summary>
    [Parameter(ParameterSetName = ParameterSets.Joint)]
    [Parameter(ParameterSetName = ParameterSets.Fast)]
    [Parameter(ParameterSetName = ParameterSets.UnitWeight)]
    [Parameter(ParameterSetName = ParameterSets.Conformal)]
    [Parameter(ParameterSetName = ParameterSets.Mean)]
    public SwitchParameter Demean { get; set; }

    /// <inheritdoc/>
    internal override bool IsDemeaned => Demean;

    /// <inheritdoc/>
    protected override void Process()
    {
        EffectOptionUse.CheckTest(Kind, Permutations, EffectOptionBinder.Method(this), GivenOptions);
        Tell(Story.Of(Panel));
        EffectData data = EffectData.FromPanel(Panel);
        int[]? columns = Columns(data);
        object test = Kind switch
        {
            EffectTestKind.Time => RunWithProgress(Activity, (options, bar, stop) => TimePlacebo.Run(data, options, columns, bar, stop)),
            EffectTestKind.LeaveOneOut => RunWithProgress(Activity, (options, bar, stop) => LeaveOneOutTest.Run(data, options, bar, stop)),
            EffectTestKind.Conformal => RunWithProgress(Activity, (options, bar, stop) => ConformalTest.Run(data, Conformal(options), bar, stop)),
            _ => (object)RunWithProgress(Activity, (options, bar, stop) => SpacePlacebo.Run(data, options, bar, stop)),
        };
        Tell(Story.OfTest(test));
        Report(test);
    }

    private int[]? Columns(EffectData data) => PlaceboTimes.Length == 0
        ? null
        : Array.ConvertAll(PlaceboTimes, time => data.FindTime(RowObject.Text(PropertyReader.Unwrap(time)) ?? "", nameof(PlaceboTimes)));

    private ConformalOptions Conformal(EffectOptions shared)
    {
        ConformalOptions options = new()
        {
            Permutations = Permutations,
            NullGrid = NullGrid,
            Seed = shared.Seed,
            Level = shared.Level,
            Demean = shared.Demean,
            PrePeriods = shared.PrePeriods,
            PostPeriods = shared.PostPeriods,
            MaxDegreeOfParallelism = shared.MaxDegreeOfParallelism,
        };
        options.Draws = Draws ?? options.Draws;
        options.Norm = Norm ?? options.Norm;
        return options;
    }
}
