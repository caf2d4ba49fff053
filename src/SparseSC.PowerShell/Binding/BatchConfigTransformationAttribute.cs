using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a configuration that was saved and read again, or a hashtable, stand for a configuration.</summary>
internal sealed class BatchConfigTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ToConfig(inputData) ?? inputData;

    /// <summary>The configuration an object stands for, or <c>null</c> when it stands for none.</summary>
    public static BatchConfig? ToConfig(object? value)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (plain is BatchConfig config)
        {
            return config;
        }

        // A copy to a limited depth keeps the text of what lies deeper, which says all settings.
        if (plain is string text)
        {
            return FromText(text);
        }

        return plain is null ? null : PropertyReader.GetText(plain, nameof(BatchConfig.Backend)) switch
        {
            LocalBatchConfig.BackendName => SavedObject.Make<LocalBatchConfig>(name => PropertyReader.Get(plain, name)),
            AzureBatchConfig.BackendName => SavedObject.Make<AzureBatchConfig>(name => PropertyReader.Get(plain, name)),
            _ => null,
        };
    }

    private static BatchConfig? FromText(string text)
    {
        try
        {
            return BatchConfigJson.ReadText(text, nameof(BatchCommand.Config));
        }
        catch (InvalidInputException)
        {
            // It is the text of something else; whoever asked knows what that means.
            return null;
        }
    }
}
