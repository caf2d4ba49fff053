using System.Management.Automation;
using SparseSC.Core.Fitting;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Commands;

/// <summary>Reads fits from files. Nothing in such a file is run.</summary>
[Cmdlet(VerbsData.Import, "SparseSCFit")]
[OutputType(typeof(SyntheticControlFit))]
public sealed class ImportSparseSCFitCommand : SparseSCCommand
{
    /// <summary>Files that were exported, or printed by the command line.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "FitFile")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override object? ErrorTarget => string.Join(", ", Path);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string path in Path)
        {
            try
            {
                WriteObject(FitFile.Read(ResolvePath(path)));
            }
            catch (Exception error) when (Path.Length > 1 && IsForUsers(error))
            {
                WriteMappedError(error, path);
            }
        }
    }
}
