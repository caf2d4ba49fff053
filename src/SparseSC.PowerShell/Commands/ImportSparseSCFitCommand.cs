using System.Management.Automation;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Commands;

/// <summary>Reads fits from files. Nothing in such a file is run.</summary>
[Cmdlet(VerbsData.Import, "SparseSCFit", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SyntheticControlFit))]
public sealed class ImportSparseSCFitCommand : ImportCommand
{
    /// <inheritdoc/>
    private protected override object Read(string path) => FitFile.Read(path);
}
