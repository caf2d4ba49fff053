using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Writes a fit to one file that any later version and the command line can read.</summary>
[Cmdlet(VerbsData.Export, "SparseSCFit", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSparseSCFitCommand : SparseSCCommand
{
    /// <summary>The fit.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [FitTransformation]
    public SyntheticControlFit Fit { get; set; } = null!;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces a file that stands there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Passes the file on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Path;

    /// <inheritdoc/>
    protected override void Process()
    {
        string path = ResolvePath(Path);
        if (!ShouldProcess(path, "Write the fit"))
        {
            return;
        }

        if (File.Exists(path) && !Force)
        {
            throw new InvalidInputException("FileExists", $"{{Path}} '{path}' exists. Give another name, or replace it with {{Force}}.", nameof(Path));
        }

        FitFile.Write(path, Fit);
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }
}
