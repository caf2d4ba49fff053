using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;

namespace SparseSC.BatchServer.Validation;

/// <summary>Compares a body with an object of the protocol's document.</summary>
/// <param name="document">The document.</param>
/// <param name="exact">
/// Whether nothing is let pass that only the service's patience allows: enumerations in other letter case, read-only members, nulls for
/// members that could be left out, durations in months, names that begin with odata.
/// </param>
internal sealed partial class BodyCheck(SpecDocument document, bool exact)
{
    /// <param name="model">Name of the object.</param>
    /// <param name="body">The body.</param>
    /// <returns>Everything that is wrong, in the body's order; members that are missing come last in their object.</returns>
    public IEnumerable<BodyFault> Faults(string model, JsonObject body) => Object(model, body, "");

    private IEnumerable<BodyFault> Object(string model, JsonObject item, string path)
    {
        IReadOnlyDictionary<string, PropertySchema> properties = document[model];
        foreach ((string name, JsonNode? value) in item)
        {
            if (!exact && name.StartsWith("odata.", StringComparison.Ordinal))
            {
                continue;
            }

            if (!properties.TryGetValue(name, out PropertySchema? property))
            {
                yield return new BodyFault(BodyFaultKind.Unknown, path + name, model, null, "");
            }
            else if (exact && property.IsReadOnly)
            {
                yield return new BodyFault(BodyFaultKind.ReadOnly, path + name, model, null, "");
            }
            else if (value is not null || exact)
            {
                foreach (BodyFault fault in Value(property.Type, value, path + name, model))
                {
                    yield return fault;
                }
            }
        }

        foreach ((string name, PropertySchema property) in properties)
        {
            if (property.Required && item[name] is null)
            {
                yield return new BodyFault(BodyFaultKind.Missing, path + name, model, null, "");
            }
        }
    }

    private IEnumerable<BodyFault> Value(TypeSchema type, JsonNode? value, string path, string model)
    {
        switch (type)
        {
            case ModelType named when value is JsonObject item:
                return Object(named.Name, item, path + ".");
            case ListType list when value is JsonArray items:
                return items.Index().SelectMany(item => Value(list.Item, item.Item, $"{path}[{item.Index}]", model));
            case MapType map when value is JsonObject entries:
                return entries.SelectMany(entry => Value(map.Value, entry.Value, $"{path}.{entry.Key}", model));
            case EnumType words when value?.GetValueKind() == JsonValueKind.String:
                return words.Values.Contains(value.ToString(), exact ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase)
                    ? []
                    : [new BodyFault(BodyFaultKind.NotOneOf, path, model, value.ToString(), string.Join(", ", words.Values))];
            case PlainType plain when value is not null && Fits(plain.Kind, value):
                return [];
            default:
                return [new BodyFault(BodyFaultKind.WrongKind, path, model, value?.ToJsonString() ?? "null", Name(type))];
        }
    }

    private static string Name(TypeSchema type) => type switch
    {
        PlainType plain => plain.Kind,
        ListType => "list",
        EnumType => "string",
        _ => "object",
    };

    private bool Fits(string kind, JsonNode value) => (kind, value.GetValueKind()) switch
    {
        ("any", _) => true,
        ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => long.TryParse(value.ToJsonString(), out _),
        ("date", JsonValueKind.String) => value.AsValue().TryGetValue<DateTimeOffset>(out _),
        ("duration", JsonValueKind.String) => IsDuration(value.ToString()),
        _ => false,
    };

    private bool IsDuration(string text)
    {
        try
        {
            XmlConvert.ToTimeSpan(text);
            return !exact || Duration().IsMatch(text);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?\z")]
    private static partial Regex Duration();
}
