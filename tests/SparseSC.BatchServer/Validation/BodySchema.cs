using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What a request's body must look like, by its name in either document.</summary>
/// <param name="Published">Name in the document of 2024-02.</param>
/// <param name="Derived">Name in the document of 2025-06.</param>
/// <param name="Optional">Whether there may be no body.</param>
internal sealed record BodySchema(string Published, string Derived, bool Optional = false)
{
    /// <exception cref="ServiceException">The body does not fit.</exception>
    public void Check(string version, JsonObject? body)
    {
        if (body is null)
        {
            if (!Optional)
            {
                throw ServiceException.Body("The request has no body");
            }

            return;
        }

        bool current = version == ApiVersion.Current;
        CheckObject(current ? SpecDocument.Derived : SpecDocument.Published, current ? Derived : Published, body, "");
    }

    private static void CheckObject(SpecDocument document, string model, JsonObject item, string path)
    {
        IReadOnlyDictionary<string, PropertySchema> properties = document[model];
        foreach ((string name, JsonNode? value) in item)
        {
            if (name.StartsWith("odata.", StringComparison.Ordinal))
            {
                continue;
            }

            if (!properties.TryGetValue(name, out PropertySchema? property))
            {
                throw ServiceException.Body($"The property '{path}{name}' does not exist on type '{model}'");
            }

            if (value is not null)
            {
                CheckValue(document, property.Type, value, path + name);
            }
        }

        foreach ((string name, PropertySchema property) in properties)
        {
            if (property.Required && item[name] is null)
            {
                throw ServiceException.Missing(path + name);
            }
        }
    }

    private static void CheckValue(SpecDocument document, TypeSchema type, JsonNode value, string path)
    {
        switch (type)
        {
            case ModelType model when value is JsonObject item:
                CheckObject(document, model.Name, item, path + ".");
                break;
            case ListType list when value is JsonArray items:
                for (int index = 0; index < items.Count; index++)
                {
                    CheckValue(document, list.Item, items[index] ?? throw ServiceException.Body($"'{path}[{index}]' is null"), $"{path}[{index}]");
                }

                break;
            case MapType map when value is JsonObject entries:
                foreach ((string name, JsonNode? entry) in entries)
                {
                    CheckValue(document, map.Value, entry ?? throw ServiceException.Body($"'{path}.{name}' is null"), $"{path}.{name}");
                }

                break;
            case EnumType words when value.GetValueKind() == JsonValueKind.String:
                if (!words.Values.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase))
                {
                    throw ServiceException.Property(path, value.ToString(), $"It must be one of {string.Join(", ", words.Values)}");
                }

                break;
            case PlainType plain when Fits(plain.Kind, value):
                break;
            default:
                throw ServiceException.Body($"'{path}' has a value of the wrong kind: {value.GetValueKind()}");
        }
    }

    private static bool Fits(string kind, JsonNode value) => (kind, value.GetValueKind()) switch
    {
        ("any", _) => true,
        ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.AsValue().TryGetValue<long>(out _),
        ("date", JsonValueKind.String) => value.AsValue().TryGetValue<DateTimeOffset>(out _),
        ("duration", JsonValueKind.String) => IsDuration(value.ToString()),
        _ => false,
    };

    private static bool IsDuration(string text)
    {
        try
        {
            XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return false;
        }
    }
}
