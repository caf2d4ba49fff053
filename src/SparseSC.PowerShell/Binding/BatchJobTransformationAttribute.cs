using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a job, its results, or the deserialised form of either stand for a reference to the job.</summary>
internal sealed class BatchJobTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = PropertyReader.Unwrap(inputData);
        return plain is object[] several
            ? several.Select(item => (object?)ToReference(item) ?? item).ToArray()
            : (object?)ToReference(plain) ?? inputData;
    }

    // An object that has no such property says nothing of the place; one whose configuration cannot be read has lost it.
    private static BatchConfig? ConfigOf(object plain, string id) => BatchConfigTransformationAttribute.ToConfig(PropertyReader.Get(plain, "Config"))
        ?? (PropertyReader.Has(plain, "Config") ? new LostBatchConfig(id) : null);

    /// <summary>The job an object stands for, or <c>null</c> when it stands for none.</summary>
    public static BatchJobReference? ToReference(object? value)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (plain is null or BatchJobReference)
        {
            return (BatchJobReference?)plain;
        }

        if (plain is string id)
        {
            return new BatchJobReference(id);
        }

        // Results name their job JobId; of the objects that have an Id, only those with a plan's hash are jobs.
        string? named = PropertyReader.GetText(plain, "JobId")
            ?? (PropertyReader.GetText(plain, "PlanHash") is null ? null : PropertyReader.GetText(plain, "Id"));
        return named is null
            ? null
            : new BatchJobReference(named, ConfigOf(plain, named));
    }
}
