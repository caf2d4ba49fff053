using System.Text.Json;
using System.Text.Json.Nodes;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>Answers with every member that the protocol's document knows.</summary>
internal static class SampleAnswer
{
    public const string Date = "2026-11-22T06:30:00.1234567Z";

    public static JsonObject Of(string model)
    {
        JsonObject sample = [];
        foreach (JsonProperty property in BatchSpec.Properties(model).EnumerateObject())
        {
            SpecType type = SpecType.Parse(property.Value.GetProperty("type").GetString()!);
            bool isText = property.Value.TryGetProperty("format", out JsonElement format) && format.GetString() == "str";
            sample[property.Name] = type.IsList ? new JsonArray(Value(type, property.Name, isText)) : Value(type, property.Name, isText);
        }

        return sample;
    }

    private static JsonNode Value(SpecType type, string name, bool isText) => type.Kind switch
    {
        "str" => $"some {name}",
        "int" => isText ? "42" : 42,
        "float" => 0.5,
        "bool" => true,
        "date" => Date,
        "duration" => "P10675199DT2H48M5.4775807S",
        "map" => new JsonObject { ["key"] = "value" },
        // The service answers in capitals as it likes.
        "enum" => char.ToUpperInvariant(BatchSpec.Values(type.Name!)[0][0]) + BatchSpec.Values(type.Name!)[0][1..],
        _ => Of(type.Name!),
    };
}
