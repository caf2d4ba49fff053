using System.Text.Json.Nodes;
using SparseSC.BatchServer.Validation;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>Answers with every member that the protocol's document knows.</summary>
internal static class SampleAnswer
{
    public const string Date = "2026-11-22T06:30:00.1234567Z";

    public static JsonObject Of(string model)
    {
        JsonObject sample = [];
        foreach ((string name, PropertySchema property) in SpecDocument.Derived[model])
        {
            sample[name] = Value(property.Type, name, property.IsText);
        }

        return sample;
    }

    private static JsonNode Value(TypeSchema type, string name, bool isText) => type switch
    {
        ListType list => new JsonArray(Value(list.Item, name, isText)),
        MapType => new JsonObject { ["key"] = "value" },
        ModelType model => Of(model.Name),
        // The service answers in capitals as it likes.
        EnumType words => char.ToUpperInvariant(words.Values[0][0]) + words.Values[0][1..],
        PlainType { Kind: "string" } => $"some {name}",
        PlainType { Kind: "integer" } => isText ? "42" : 42,
        PlainType { Kind: "number" } => 0.5,
        PlainType { Kind: "boolean" } => true,
        PlainType { Kind: "date" } => Date,
        PlainType { Kind: "duration" } => "P10675199DT2H48M5.4775807S",
        _ => throw new NotSupportedException($"{name} is of a kind that is new to this test."),
    };
}
