using System.Management.Automation;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Writes a fit to one file that any later version and the command line can read.</summary>
[Cmdlet(VerbsData.Export, "SparseSCFit", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSparseSCFitCommand : ExportCommand
{
    /// <summary>The fit.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [FitTransformation]
    public SyntheticControlFit Fit { get; set; } = null!;

    /// <inheritdoc/>
    protected override void Process() => Export("Write the fit", path => FitFile.Write(path, Fit));
}
