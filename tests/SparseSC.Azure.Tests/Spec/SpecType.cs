using System.Text.RegularExpressions;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>A type of the protocol's document, which writes them as Python does: <c>Optional[list['ResourceFile']]</c>.</summary>
/// <param name="Kind">One of str, int, float, bool, date, duration, map, enum, model.</param>
/// <param name="Name">The enumeration or model.</param>
/// <param name="IsList">Whether it is a list of that.</param>
internal sealed record SpecType(string Kind, string? Name, bool IsList)
{
    public static SpecType Parse(string text)
    {
        string inner = Unwrap(text, "Optional");
        string item = Unwrap(inner, "list");
        bool isList = item != inner;
        Match named = Regex.Match(item, @"^(?:Union\[str, )?'(\w+)'\]?$");
        if (named.Success)
        {
            string name = named.Groups[1].Value;
            return new SpecType(BatchSpec.IsModel(name) ? "model" : "enum", name, isList);
        }

        string kind = item switch
        {
            "str" or "int" or "float" or "bool" => item,
            "datetime.datetime" => "date",
            "datetime.timedelta" => "duration",
            "dict[str, str]" => "map",
            _ => throw new NotSupportedException($"The type {text} of the document is not understood."),
        };
        return new SpecType(kind, null, isList);
    }

    private static string Unwrap(string text, string outer) =>
        text.StartsWith($"{outer}[", StringComparison.Ordinal) ? text[(outer.Length + 1)..^1] : text;
}
