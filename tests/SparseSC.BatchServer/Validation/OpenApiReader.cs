using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Validation;

/// <summary>Reads the definitions of an OpenAPI 2 document.</summary>
internal static class OpenApiReader
{
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> Read(JsonObject document)
    {
        JsonObject definitions = document["definitions"]!.AsObject();
        return definitions
            .Where(definition => definition.Value!["properties"] is not null)
            .ToDictionary(definition => definition.Key, definition => Properties(definition.Value!, definitions));
    }

    private static IReadOnlyDictionary<string, PropertySchema> Properties(JsonNode definition, JsonObject definitions)
    {
        HashSet<string> required = [.. (definition["required"] as JsonArray ?? []).Select(name => name!.ToString())];
        return definition["properties"]!.AsObject()
            .ToDictionary(property => property.Key, property => new PropertySchema(Type(property.Value!, definitions), required.Contains(property.Key), (bool?)property.Value!["readOnly"] ?? false));
    }

    private static TypeSchema Type(JsonNode node, JsonObject definitions)
    {
        if (node["$ref"]?.ToString() is { } reference)
        {
            string name = reference[(reference.LastIndexOf('/') + 1)..];
            return definitions[name]!["properties"] is null ? Type(definitions[name]!, definitions) : new ModelType(name);
        }

        if (node["enum"] is JsonArray values)
        {
            return new EnumType([.. values.Select(value => value!.ToString())]);
        }

        return (node["type"]?.ToString(), node["format"]?.ToString()) switch
        {
            ("array", _) => new ListType(Type(node["items"]!, definitions)),
            ("object", _) when node["additionalProperties"] is JsonObject value => new MapType(Type(value, definitions)),
            ("string", "date-time") => new PlainType("date"),
            ("string", "duration") => new PlainType("duration"),
            ("string" or "integer" or "number" or "boolean", _) => new PlainType(node["type"]!.ToString()),
            _ => new PlainType("any"),
        };
    }
}
