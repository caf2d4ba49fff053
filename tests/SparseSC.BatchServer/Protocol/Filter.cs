using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Protocol;

/// <summary>A $filter clause: comparisons and startswith, joined by and, or, not and parentheses.</summary>
internal sealed class Filter
{
    private readonly Func<JsonObject, bool> _holds;

    internal Filter(Func<JsonObject, bool> holds, IEnumerable<string> paths)
    {
        _holds = holds;
        Wanted = Wanted.Of(paths);
    }

    /// <summary>The properties it looks at.</summary>
    public Wanted Wanted { get; }

    /// <exception cref="ServiceException">The clause cannot be read, or compares what cannot be compared.</exception>
    /// <param name="text">The clause.</param>
    /// <param name="type">What stands at a path; null for nothing.</param>
    public static Filter Parse(string text, Func<string, TypeSchema?> type) => new FilterParser(text, type).Parse();

    public bool Holds(JsonObject item) => _holds(item);

    /// <summary>Order of a property and a literal, or null when there is nothing to compare: then no comparison but ne holds.</summary>
    internal static int? Compare(JsonNode? value, object? literal)
    {
        if (value is null || literal is null)
        {
            return value is null && literal is null ? 0 : null;
        }

        return (value.GetValueKind(), literal) switch
        {
            (JsonValueKind.Number, double number) => Number(value).CompareTo(number),
            (JsonValueKind.True or JsonValueKind.False, bool flag) => value.GetValue<bool>().CompareTo(flag),
            (JsonValueKind.String, DateTimeOffset date) => DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture).CompareTo(date),
            (JsonValueKind.String, string word) => string.Compare(value.GetValue<string>(), word, StringComparison.OrdinalIgnoreCase),
            _ => null,
        };
    }

    // A number may stand in the tree as whatever type it was made of.
    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    internal static JsonNode? Find(JsonObject item, string path)
    {
        JsonNode? node = item;
        foreach (string name in path.Split('/'))
        {
            node = (node as JsonObject)?.FirstOrDefault(property => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        }

        return node;
    }
}
