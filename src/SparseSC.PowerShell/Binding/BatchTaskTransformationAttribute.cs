using System.Management.Automation;
using SparseSC.Batch.Jobs;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a task, a task's output, a job, or the deserialised form of any of them stand for a reference to tasks.</summary>
internal sealed class BatchTaskTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = PropertyReader.Unwrap(inputData);
        return plain is object[] several
            ? several.Select(item => ToReference(item) ?? item).ToArray()
            : ToReference(plain) ?? inputData;
    }

    private static object? ToReference(object? value)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (plain is null or BatchTaskReference)
        {
            return plain;
        }

        BatchJobReference? job = BatchJobTransformationAttribute.ToReference(plain);
        return job is null ? null : new BatchTaskReference(job.Id, TaskIdOf(plain), job.Config);
    }

    // Only a task has an Id beside the JobId that is not the job's own.
    private static string? TaskIdOf(object plain) =>
        plain is string ? null
        : PropertyReader.GetText(plain, nameof(JobTaskOutput.TaskId))
            ?? (PropertyReader.GetText(plain, nameof(JobTask.JobId)) is null ? null : PropertyReader.GetText(plain, nameof(JobTask.Id)));
}
