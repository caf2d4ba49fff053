using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Validation;

/// <summary>Reads the models of the derived document, whose types are written as Python annotations.</summary>
internal static class DerivedReader
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Enumerations(JsonObject document) => document["enums"]!.AsObject().ToDictionary(
        item => item.Key, IReadOnlyList<string> (item) => [.. item.Value!["values"]!.AsArray().Select(entry => entry!["value"]!.ToString())]);

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> Models(JsonObject document)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> enums = Enumerations(document);
        return document["models"]!.AsObject().ToDictionary(
            model => model.Key,
            IReadOnlyDictionary<string, PropertySchema> (model) => model.Value!["properties"]!.AsObject().ToDictionary(
                property => property.Key,
                property => Property(property.Value!, enums)));
    }

    private static PropertySchema Property(JsonNode property, IReadOnlyDictionary<string, IReadOnlyList<string>> enums) => new(
        Type(property["type"]!.ToString(), enums),
        (bool)property["required"]!,
        !property["visibility"]!.AsArray().Any(use => use!.ToString() is "create" or "update"),
        property["format"]?.ToString() == "str");

    private static TypeSchema Type(string text, IReadOnlyDictionary<string, IReadOnlyList<string>> enums)
    {
        if (Inner(text, "Optional[") is { } optional)
        {
            return Type(optional, enums);
        }

        if (Inner(text, "list[") is { } item)
        {
            return new ListType(Type(item, enums));
        }

        if (Inner(text, "dict[str, ") is { } value)
        {
            return new MapType(Type(value, enums));
        }

        if (Inner(text, "Union[str, ") is { } name)
        {
            return new EnumType(enums[name.Trim('\'').Replace("_enums.", "", StringComparison.Ordinal)]);
        }

        return text switch
        {
            "str" => new PlainType("string"),
            "int" => new PlainType("integer"),
            "float" => new PlainType("number"),
            "bool" => new PlainType("boolean"),
            "datetime.datetime" => new PlainType("date"),
            "datetime.timedelta" => new PlainType("duration"),
            ['\'', .. var model, '\''] => new ModelType(model),
            _ => throw new InvalidOperationException($"The derived document has a type '{text}' that is not understood."),
        };
    }

    private static string? Inner(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..^1] : null;
}
