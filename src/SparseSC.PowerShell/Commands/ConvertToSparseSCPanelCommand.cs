using System.Data;
using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Commands;

/// <summary>Makes a panel of rows, one per unit and time.</summary>
[Cmdlet(VerbsData.ConvertTo, "SparseSCPanel", DefaultParameterSetName = OneTimeSet)]
[OutputType(typeof(Panel))]
public sealed class ConvertToSparseSCPanelCommand : SparseSCCommand
{
    private const string OneTimeSet = "OneTreatmentTime";
    private const string ColumnSet = "TreatmentTimeColumn";
    private const string IndicatorSet = "Treatment";
    private PanelRowReader? _rows;

    /// <summary>The rows: objects such as Import-Csv makes, hashtables, or data rows.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The column that names the unit.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Unit { get; set; } = "";

    /// <summary>The column of the time.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Time { get; set; } = "";

    /// <summary>The column of the outcome.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [ValidateNotNullOrEmpty]
    public string Outcome { get; set; } = "";

    /// <summary>The columns of the covariates.</summary>
    [Parameter]
    [Alias("Covariates")]
    public string[] Covariate { get; set; } = [];

    /// <summary>The names of the treated units.</summary>
    [Parameter(ParameterSetName = OneTimeSet)]
    public string[] TreatedUnit { get; set; } = [];

    /// <summary>The first treated time of the treated units.</summary>
    [Parameter(ParameterSetName = OneTimeSet)]
    public object? TreatmentTime { get; set; }

    /// <summary>The column of each unit's first treated time; empty, 0 or Inf for never.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ColumnSet)]
    [ValidateNotNullOrEmpty]
    public string? TreatmentTimeColumn { get; set; }

    /// <summary>The column that is 1 where a unit is treated and 0 where it is not.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IndicatorSet)]
    [ValidateNotNullOrEmpty]
    public string? Treatment { get; set; }

    /// <summary>The format of the times, such as dd/MM/yyyy.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeFormat { get; set; }

    /// <summary>The language of names of months and of numbers, such as de-DE.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Culture { get; set; }

    /// <summary>What is done about gaps in the outcome.</summary>
    [Parameter]
    public MissingOutcome Missing { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _rows = new PanelRowReader(new PanelOptions
    {
        Unit = Unit,
        Time = Time,
        Outcome = Outcome,
        Covariates = Covariate,
        TreatedUnits = TreatedUnit,
        TreatmentTime = RowObject.Text(PropertyReader.Unwrap(TreatmentTime)),
        TreatmentTimeColumn = TreatmentTimeColumn,
        Treatment = Treatment,
        TimeFormat = TimeFormat,
        Culture = Culture,
        Missing = Missing,
    });

    // One faulty row makes the panel wrong, so it ends the command rather than being skipped.
    /// <inheritdoc/>
    protected override void Process()
    {
        try
        {
            foreach (object row in Rows())
            {
                _rows!.Add(row);
            }
        }
        catch (Exception error) when (IsForUsers(error))
        {
            ThrowMappedError(error, InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Panel panel = _rows!.Build();
        Tell($"Read {_rows.Count} rows.");
        Tell(Story.Of(panel));
        string[] warnings = LookAlikes.Warning(panel.Units) is { } lookAlikes ? [.. panel.Warnings, lookAlikes] : panel.Warnings;
        foreach (string warning in warnings)
        {
            WriteMappedWarning(warning);
        }

        WriteObject(panel);
    }

    private IEnumerable<object> Rows() => InputObject.BaseObject switch
    {
        DataTable table => table.Rows.Cast<object>(),
        object[] several => several,
        _ => [InputObject],
    };
}
