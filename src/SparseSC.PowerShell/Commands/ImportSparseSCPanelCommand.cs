using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Completion;

namespace SparseSC.PowerShell.Commands;

/// <summary>Reads panels from CSV files.</summary>
[Cmdlet(VerbsData.Import, "SparseSCPanel", DefaultParameterSetName = OneTimeSet)]
[OutputType(typeof(Panel))]
public sealed class ImportSparseSCPanelCommand : PanelCommand
{
    /// <summary>Files, with wildcards if wanted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "FullName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The column that names the unit.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string Unit { get; set; } = "";

    /// <summary>The column of the time.</summary>
    [Parameter(Position = 2)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string Time { get; set; } = "";

    /// <summary>The column of the outcome.</summary>
    [Parameter(Position = 3)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string Outcome { get; set; } = "";

    /// <summary>What separates the fields.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>A row for each unit and a column for each time, or the other way round.</summary>
    [Parameter]
    public SwitchParameter Wide { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => string.Join(", ", Path);

    /// <inheritdoc/>
    protected override void Process()
    {
        PanelOptions options = Options(Unit, Time, Outcome);
        options.Delimiter = Delimiter;
        options.Wide = Wide;
        foreach (string path in Path)
        {
            try
            {
                foreach (string file in SessionPath.Expand(SessionState, path))
                {
                    Panel panel = PanelReader.Read(file, options);
                    Tell($"Read '{file}', {new FileInfo(file).Length} bytes.");
                    Report(panel);
                }
            }
            catch (Exception error) when (Path.Length > 1 && IsForUsers(error))
            {
                WriteMappedError(error, path);
            }
        }
    }
}
