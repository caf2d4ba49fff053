using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Protocol;

/// <summary>Reads a $filter clause by recursive descent.</summary>
internal sealed partial class FilterParser
{
    private readonly string _text;
    private readonly Queue<string> _tokens;
    private readonly List<string> _paths = [];
    private readonly Func<string, TypeSchema?> _type;

    public FilterParser(string text, Func<string, TypeSchema?> type)
    {
        _text = text;
        _type = type;
        MatchCollection matches = Token().Matches(text);
        if (matches.Sum(match => match.Length) + text.Count(char.IsWhiteSpace) - matches.Sum(match => match.Value.Count(char.IsWhiteSpace)) != text.Length)
        {
            throw Bad("It has characters that belong to no term");
        }

        _tokens = new Queue<string>(matches.Select(match => match.Value));
    }

    public Filter Parse()
    {
        Func<JsonObject, bool> clause = Or();
        return _tokens.Count == 0 ? new Filter(clause, _paths) : throw Bad($"'{_tokens.Peek()}' is not expected");
    }

    private Func<JsonObject, bool> Or()
    {
        Func<JsonObject, bool> left = And();
        while (Take("or"))
        {
            Func<JsonObject, bool> first = left;
            Func<JsonObject, bool> second = And();
            left = item => first(item) || second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> And()
    {
        Func<JsonObject, bool> left = Term();
        while (Take("and"))
        {
            Func<JsonObject, bool> first = left;
            Func<JsonObject, bool> second = Term();
            left = item => first(item) && second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> Term()
    {
        if (Take("not"))
        {
            Func<JsonObject, bool> inner = Term();
            return item => !inner(item);
        }

        if (Take("("))
        {
            Func<JsonObject, bool> inner = Or();
            Expect(")");
            return inner;
        }

        return Take("startswith") ? StartsWith() : Comparison();
    }

    private Func<JsonObject, bool> StartsWith()
    {
        Expect("(");
        (string path, TypeSchema type) = Path();
        if (type is not (PlainType { Kind: "string" } or EnumType))
        {
            throw Bad($"'{path}' is no text");
        }

        Expect(",");
        string prefix = Literal() as string ?? throw Bad("startswith needs a text in quotes");
        Expect(")");
        return item => Filter.Find(item, path)?.ToString().StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true;
    }

    private Func<JsonObject, bool> Comparison()
    {
        (string path, TypeSchema type) = Path();
        string comparison = Next();
        object? literal = Literal();
        CheckComparable(path, type, literal);
        Func<int?, bool> holds = comparison.ToLowerInvariant() switch
        {
            "eq" => order => order == 0,
            "ne" => order => order != 0,
            "gt" => order => order > 0,
            "ge" => order => order >= 0,
            "lt" => order => order < 0,
            "le" => order => order <= 0,
            _ => throw Bad($"'{comparison}' is not a comparison"),
        };
        return item => holds(Filter.Compare(Filter.Find(item, path), literal));
    }

    private void CheckComparable(string path, TypeSchema type, object? literal)
    {
        bool fits = (type, literal) switch
        {
            (_, null) => true,
            (EnumType words, string word) => words.Values.Contains(word, StringComparer.OrdinalIgnoreCase),
            (PlainType { Kind: "string" or "duration" }, string) => true,
            (PlainType { Kind: "number" or "integer" }, double) => true,
            (PlainType { Kind: "boolean" }, bool) => true,
            (PlainType { Kind: "date" }, DateTimeOffset) => true,
            (PlainType { Kind: "any" }, _) => true,
            _ => false,
        };
        if (!fits)
        {
            throw Bad($"'{path}' cannot be compared with '{literal}'");
        }
    }

    private (string Path, TypeSchema Type) Path()
    {
        string path = Next();
        if (!char.IsLetter(path[0]))
        {
            throw Bad($"'{path}' is not the name of a property");
        }

        _paths.Add(path);
        return (path, _type(path) ?? throw Bad($"There is no property '{path}'"));
    }

    private object? Literal()
    {
        string token = Next();
        if (token.StartsWith("datetime'", StringComparison.OrdinalIgnoreCase))
        {
            return DateTimeOffset.TryParse(token[9..^1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
                ? date
                : throw Bad($"{token} is not a date");
        }

        return token switch
        {
            ['\'', .. var inner, '\''] => inner.Replace("''", "'", StringComparison.Ordinal),
            "true" => true,
            "false" => false,
            "null" => null,
            _ when double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            _ => throw Bad($"'{token}' is not a value"),
        };
    }

    private string Next() => _tokens.TryDequeue(out string? token) ? token : throw Bad("It ends too early");

    private bool Take(string token)
    {
        bool taken = _tokens.TryPeek(out string? next) && next.Equals(token, StringComparison.OrdinalIgnoreCase);
        if (taken)
        {
            _tokens.Dequeue();
        }

        return taken;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Bad($"'{token}' is missing");
        }
    }

    private ServiceException Bad(string reason) => ServiceException.Query("$filter", _text, reason);

    [GeneratedRegex(@"(?:datetime)?'(?:[^']|'')*'|[A-Za-z_$][\w$/]*|-?\d+(?:\.\d+)?|[(),]", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
