using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Validation;

/// <summary>Reads the models of the derived document, whose types are written as Python annotations.</summary>
internal static class DerivedReader
{
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> Read(JsonObject document)
    {
        JsonObject enums = document["enums"]!.AsObject();
        return document["models"]!.AsObject().ToDictionary(
            model => model.Key,
            IReadOnlyDictionary<string, PropertySchema> (model) => model.Value!["properties"]!.AsObject().ToDictionary(
                property => property.Key,
                property => new PropertySchema(Type(property.Value!["type"]!.ToString(), enums), (bool)property.Value["required"]!)));
    }

    private static TypeSchema Type(string text, JsonObject enums)
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
            string key = name.Trim('\'').Replace("_enums.", "", StringComparison.Ordinal);
            return new EnumType([.. enums[key]!["values"]!.AsArray().Select(entry => entry!["value"]!.ToString())]);
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
