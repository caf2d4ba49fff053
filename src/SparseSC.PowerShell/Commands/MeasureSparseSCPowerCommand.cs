using System.Management.Automation;
using SparseSC.Core.Design;
using SparseSC.Core.Effects;
using SparseSC.PowerShell.Options;

namespace SparseSC.PowerShell.Commands;

/// <summary>Simulates effects on given units in past periods, and tells how often a test detects them.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SparseSCPower", DefaultParameterSetName = UnitSet)]
[OutputType(typeof(PowerAnalysis))]
public sealed class MeasureSparseSCPowerCommand : DesignCommand
{
    private const string UnitSet = "TestUnit";
    private const string CellSet = "Cell";

    /// <summary>The units that would be treated.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UnitSet)]
    [Alias("TestUnits")]
    public string[] TestUnit { get; set; } = [];

    /// <summary>Several groups of units treated in one experiment, each a cell.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CellSet)]
    [Alias("Cells")]
    public string[][] Cell { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process() => Simulate(new PowerOptions(), "Measuring power", (options, bar, stop) =>
    {
        PowerAnalysis analysis = PowerAnalysis.Run(EffectData.FromPanel(Panel), Cell.Length > 0 ? Cell : [TestUnit], options, bar, stop);
        analysis.OutcomeName = Panel.OutcomeName;
        return (analysis, analysis.Warnings);
    });
}
