using System.Data;
using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Makes a panel of rows, one per unit and time.</summary>
[Cmdlet(VerbsData.ConvertTo, "SparseSCPanel", DefaultParameterSetName = OneTimeSet)]
[OutputType(typeof(Panel))]
public sealed class ConvertToSparseSCPanelCommand : PanelCommand
{
    private PanelRowReader? _rows;

    /// <summary>The rows: objects such as Import-Csv makes, hashtables, or data rows.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The column that names the unit.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string Unit { get; set; } = "";

    /// <summary>The column of the time.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string Time { get; set; } = "";

    /// <summary>The column of the outcome.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string Outcome { get; set; } = "";

    /// <inheritdoc/>
    protected override void Begin() => _rows = new PanelRowReader(Options(Unit, Time, Outcome));

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
        Report(panel);
    }

    private IEnumerable<object> Rows() => InputObject.BaseObject switch
    {
        DataTable table => table.Rows.Cast<object>(),
        object[] several => several,
        _ => [InputObject],
    };
}
