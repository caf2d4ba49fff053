using System.Text.RegularExpressions;

namespace SparseSC.BatchServer.AutoScaling;

/// <summary>Cuts a formula into words.</summary>
internal static partial class FormulaLexer
{
    /// <exception cref="FormulaException">There is something that is no word.</exception>
    public static IReadOnlyList<FormulaToken> Cut(string formula)
    {
        List<FormulaToken> tokens = [];
        int position = 0;
        while (position < formula.Length)
        {
            (int line, int column) = Place(formula, position);
            Match match = Word().Match(formula, position);
            if (!match.Success)
            {
                throw new FormulaException($"Unexpected character '{formula[position]}'", line, column);
            }

            position += match.Length;
            if (match.Groups["number"].Success)
            {
                tokens.Add(new FormulaToken(FormulaTokenKind.Number, match.Value, line, column));
            }
            else if (match.Groups["text"].Success)
            {
                tokens.Add(new FormulaToken(FormulaTokenKind.Text, match.Value[1..^1], line, column));
            }
            else if (match.Groups["name"].Success)
            {
                tokens.Add(new FormulaToken(FormulaTokenKind.Name, match.Value, line, column));
            }
            else if (match.Groups["sign"].Success)
            {
                tokens.Add(new FormulaToken(FormulaTokenKind.Sign, match.Value, line, column));
            }
        }

        (int lastLine, int lastColumn) = Place(formula, formula.Length);
        tokens.Add(new FormulaToken(FormulaTokenKind.End, "", lastLine, lastColumn));
        return tokens;
    }

    private static (int Line, int Column) Place(string formula, int position)
    {
        string before = formula[..position];
        return (before.Count(character => character == '\n') + 1, position - before.LastIndexOf('\n'));
    }

    [GeneratedRegex(
        """
        \G(?:\s+|//[^\n]*|/\*[\s\S]*?\*/
        |(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
        |(?<text>"[^"\n]*"|'[^'\n]*')
        |(?<name>\$?[A-Za-z_][A-Za-z0-9_]*)
        |(?<sign><=|>=|==|!=|&&|\|\||[-+*/<>!?:;=().,\[\]]))
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Word();
}
