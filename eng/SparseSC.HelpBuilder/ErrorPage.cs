using System.Text;
using System.Text.RegularExpressions;
using SparseSC.Core.Errors;

namespace SparseSC.HelpBuilder;

/// <summary>The page of error ids, made of the code that raises the errors; docs/errors.md is a copy, and about_SparseSC_Errors is laid out from it.</summary>
public static partial class ErrorPage
{
    private const string Head = """
        # Errors

        Every error has an id that stays the same whatever its message says: in PowerShell the part of `FullyQualifiedErrorId` before the
        comma, in the list of failed tasks of a plan `errorId`. The messages below say the cause and the way out. Parameters are spelled as
        those of the cmdlets; `…` stands for what the message names at the time. Errors without a message here pass on what a service or a
        file says. Beside these, a parameter that is given as `$null` or blank, or names a column that is not there, has an id of its own
        name: `ConfigIsNull`, `UnitBlank`, `TreatedUnknown`.

        | id | messages |
        |---|---|

        """;

    /// <summary>The ids with their messages, as they stand in the source.</summary>
    /// <param name="root">The repository.</param>
    public static IReadOnlyDictionary<string, string[]> Read(string root) => Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Order(StringComparer.Ordinal)
        .SelectMany(file => Raised(File.ReadAllText(file)))
        .GroupBy(error => error.Id, error => error.Message)
        .ToDictionary(
            group => group.Key,
            group => group.Where(message => message.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray());

    /// <summary>The page.</summary>
    /// <param name="root">The repository.</param>
    public static string Make(string root) => Head + string.Concat(Read(root)
        .OrderBy(error => error.Key, StringComparer.Ordinal)
        .Select(error => $"| `{error.Key}` | {string.Join("<br>", error.Value)} |\n"));

    private static IEnumerable<(string Id, string Message)> Raised(string source) => RaisePattern().Matches(source)
        .SelectMany(match => match.Groups["id"].Captures
            .Select(id => (id.Value, Say(new MessageReader(source, match.Index + match.Length).Read()))));

    // A pipe would end the cell, and an angle bracket begin a tag.
    private static string Say(string message) => OptionText.ToPowerShell(message)
        .Replace("{…}", "…", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Trim();

    // An exception that is made, its base, one of two ids, or a pair of id and words that an exception is made of.
    [GeneratedRegex(
        """(?:\b(?:new(?: \w+Exception)?|base|[Ee]rror)\(\s*|(?:=>|throw) \(\s*|\? ErrorIds\.(?<id>\w+) : )"""
            + """(?:"(?<id>[A-Z]\w*[a-z][A-Z]\w+)"|ErrorIds\.(?<id>\w+))(?=,)""")]
    private static partial Regex RaisePattern();

    /// <summary>Reads a message from the source behind an id: texts put together by <c>+</c>, with <c>…</c> for what is filled in.</summary>
    private sealed class MessageReader(string source, int position)
    {
        private readonly StringBuilder _text = new();
        private int _position = position;

        public string Read()
        {
            Skip(",");
            Skip("string.Create(");
            Skip("CultureInfo.InvariantCulture,");
            do
            {
                bool isFilledIn = Skip("$");
                if (!Skip("\""))
                {
                    break;
                }

                ReadText(isFilledIn);
            }
            while (Skip("+"));
            return _text.ToString();
        }

        private bool Skip(string token)
        {
            int next = _position;
            while (char.IsWhiteSpace(source[next]))
            {
                next++;
            }

            bool isThere = string.CompareOrdinal(source, next, token, 0, token.Length) == 0;
            _position = isThere ? next + token.Length : _position;
            return isThere;
        }

        private void ReadText(bool isFilledIn)
        {
            while (source[_position] != '"')
            {
                char c = source[_position++];
                if (c == '\\')
                {
                    _text.Append(source[_position++]);
                }
                else if (isFilledIn && c is '{' or '}' && source[_position] == c)
                {
                    _text.Append(c);
                    _position++;
                }
                else if (isFilledIn && c == '{')
                {
                    _text.Append('…');
                    SkipExpression();
                }
                else
                {
                    _text.Append(c);
                }
            }

            _position++;
        }

        // Up to the brace that closes it, past texts that may hold braces of their own.
        private void SkipExpression()
        {
            for (int depth = 1; depth > 0; _position++)
            {
                char c = source[_position];
                if (c == '"')
                {
                    bool isFilledIn = source[_position - 1] == '$';
                    int kept = _text.Length;
                    _position++;
                    ReadText(isFilledIn);
                    _text.Length = kept;
                    _position--;
                }

                depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            }
        }
    }
}
