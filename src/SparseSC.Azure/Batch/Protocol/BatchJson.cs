using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>How the models are read and written.</summary>
internal static class BatchJson
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>The contract of one model.</summary>
    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions CreateOptions()
    {
        JsonSerializerOptions options = new(BatchJsonContext.Default.Options)
        {
            TypeInfoResolver = BatchJsonContext.Default.WithAddedModifier(ReadWhatIsThere),
        };
        options.MakeReadOnly();
        return options;
    }

    // What a request must have, an answer may lack: $select leaves members out, and the service never gives secrets back.
    private static void ReadWhatIsThere(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            property.IsRequired = false;
        }
    }
}
