using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Lists of names in a plan file; <c>null</c> where there are none.</summary>
internal static class JsonNames
{
    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static string[]? Read(JsonElement json, string name)
    {
        JsonElement names = json.Field(name);
        return names.ValueKind == JsonValueKind.Null ? null : [.. names.EnumerateArray().Select(e => e.GetString()!)];
    }
}
