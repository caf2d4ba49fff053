using System.Management.Automation;
using SparseSC.Batch.Plan;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a plan, a job, results, or the deserialised form of any of them stand for their batch directory.</summary>
internal sealed class BatchDirectoryTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => PropertyReader.Unwrap(inputData) switch
    {
        string path => path,
        FileSystemInfo item => item.FullName,
        BatchPlan plan => plan.Directory,
        object other => PropertyReader.GetText(other, "BatchDirectory") ?? PropertyReader.GetText(other, nameof(BatchPlan.Directory)) ?? inputData,
        null => inputData,
    };
}
