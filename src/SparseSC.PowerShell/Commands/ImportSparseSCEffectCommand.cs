using System.Management.Automation;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Commands;

/// <summary>Reads effects from files. Nothing in such a file is run.</summary>
[Cmdlet(VerbsData.Import, "SparseSCEffect", DefaultParameterSetName = PathSet)]
[OutputType(typeof(EffectEstimate))]
public sealed class ImportSparseSCEffectCommand : ImportCommand
{
    /// <inheritdoc/>
    private protected override object Read(string path) => EffectFile.Read(path);
}
