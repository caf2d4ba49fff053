using System.Management.Automation;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Writes an effect to one file that any later version and the command line can read.</summary>
[Cmdlet(VerbsData.Export, "SparseSCEffect", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSparseSCEffectCommand : ExportCommand
{
    /// <summary>The effect.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [EffectTransformation]
    public EffectEstimate Effect { get; set; } = null!;

    /// <inheritdoc/>
    protected override void Process() => Export("Write the effect", path => EffectFile.Write(path, Effect));
}
