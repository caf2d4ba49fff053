using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A cmdlet that makes panels.</summary>
public abstract class PanelCommand : SparseSCCommand
{
    private protected const string OneTimeSet = "OneTreatmentTime";
    private protected const string ColumnSet = "TreatmentTimeColumn";
    private protected const string IndicatorSet = "Treatment";

    /// <summary>The columns of the covariates.</summary>
    [Parameter]
    [Alias("Covariates")]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Covariate { get; set; } = [];

    /// <summary>Statistics of columns over windows before the treatment.</summary>
    [Parameter]
    [Alias("Predictors")]
    public object[] Predictor { get; set; } = [];

    /// <summary>The names of the treated units.</summary>
    [Parameter(ParameterSetName = OneTimeSet)]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[] TreatedUnit { get; set; } = [];

    /// <summary>The first treated time of the treated units.</summary>
    [Parameter(ParameterSetName = OneTimeSet)]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? TreatmentTime { get; set; }

    /// <summary>The column of each unit's first treated time; empty, 0 or Inf for never.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ColumnSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? TreatmentTimeColumn { get; set; }

    /// <summary>The column that is 1 where a unit is treated and 0 where it is not.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IndicatorSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? Treatment { get; set; }

    /// <summary>The names of units that are left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[] ExcludeUnit { get; set; } = [];

    /// <summary>The format of the times, such as dd/MM/yyyy.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeFormat { get; set; }

    /// <summary>The language of names of months and of numbers, such as de-DE.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Culture { get; set; }

    /// <summary>What becomes of several rows of one unit and time.</summary>
    [Parameter]
    public DuplicateRows Aggregate { get; set; }

    /// <summary>What is done about gaps in the outcome.</summary>
    [Parameter]
    public MissingOutcome Missing { get; set; }

    /// <summary>What the parameters say of a panel.</summary>
    private protected PanelOptions Options(string unit, string time, string outcome) => new()
    {
        Unit = unit,
        Time = time,
        Outcome = outcome,
        Covariates = Covariate,
        Predictors = [.. PredictorArgument.Read(Predictor, ResolvePath)],
        TreatedUnits = TreatedUnit,
        TreatmentTime = RowObject.Text(PropertyReader.Unwrap(TreatmentTime)),
        TreatmentTimeColumn = TreatmentTimeColumn,
        Treatment = Treatment,
        ExcludedUnits = ExcludeUnit,
        TimeFormat = TimeFormat,
        Culture = Culture,
        Aggregate = Aggregate,
        Missing = Missing,
    };

    /// <summary>Writes a panel after its warnings.</summary>
    private protected void Report(Panel panel)
    {
        Tell(Story.Of(panel));
        string[] warnings = LookAlikes.Warning(panel.Units) is { } lookAlikes ? [.. panel.Warnings, lookAlikes] : panel.Warnings;
        foreach (string warning in warnings)
        {
            WriteMappedWarning(warning);
        }

        WriteObject(panel);
    }
}
