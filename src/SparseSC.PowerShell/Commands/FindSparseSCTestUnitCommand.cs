using System.Management.Automation;
using SparseSC.Core.Design;
using SparseSC.Core.Effects;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Options;

namespace SparseSC.PowerShell.Commands;

/// <summary>Compares sets of similar units by the effects that an experiment on them would detect, best first.</summary>
[Cmdlet(VerbsCommon.Find, "SparseSCTestUnit")]
[OutputType(typeof(MarketSelection))]
public sealed class FindSparseSCTestUnitCommand : DesignCommand
{
    /// <summary>How many units a set may have.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Sizes")]
    public int[] Size { get; set; } = [];

    /// <summary>Units that every set has.</summary>
    [Parameter]
    [Alias("IncludeUnits")]
    public string[] IncludeUnit { get; set; } = [];

    /// <summary>Units that no set has; they stay donors.</summary>
    [Parameter]
    [Alias("ExcludeUnits")]
    public string[] ExcludeUnit { get; set; } = [];

    /// <summary>Sets whose investment is not below this are left out.</summary>
    [Parameter]
    public double? Budget { get; set; }

    /// <summary>Sets with a smaller share of the outcome without the advertisement are left out.</summary>
    [Parameter]
    public double? MinHoldout { get; set; }

    /// <summary>Sets with a larger such share are left out.</summary>
    [Parameter]
    public double? MaxHoldout { get; set; }

    /// <summary>How sets are ranked.</summary>
    [Parameter]
    [EnumNameTransformation]
    public MarketRanking Ranking { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        MarketOptions compared = new()
        {
            Sizes = Size,
            IncludeUnits = IncludeUnit,
            ExcludeUnits = ExcludeUnit,
            Budget = Budget,
            MinHoldout = MinHoldout,
            MaxHoldout = MaxHoldout,
            Ranking = Ranking,
        };
        Simulate(compared, "Comparing test units", (options, bar, stop) =>
        {
            MarketSelection selection = MarketSelection.Run(EffectData.FromPanel(Panel), options, bar, stop);
            selection.OutcomeName = Panel.OutcomeName;
            return (selection, selection.Warnings);
        });
    }
}
