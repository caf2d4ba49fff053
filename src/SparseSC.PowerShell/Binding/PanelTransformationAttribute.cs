using System.Management.Automation;
using SparseSC.Core.Data;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a panel that was saved and read again stand for the panel it was.</summary>
internal sealed class PanelTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        SavedObject.Restore<Panel>(inputData, nameof(Panel.Units), nameof(Panel.Times), nameof(Panel.Outcome))
            ?? throw ArgumentFault.Of("a panel", inputData, "Pipe the rows through ConvertTo-SparseSCPanel first.");
}
