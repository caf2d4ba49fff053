using System.Globalization;

namespace SparseSC.BatchServer.AutoScaling;

/// <summary>Reads a formula: statements between semicolons, each an assignment or a call of stop().</summary>
internal sealed class FormulaParser
{
    private const int Longest = 8 * 1024;
    private const int MostStatements = 100;

    // Weakest first.
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/"]];
    private readonly IReadOnlyList<FormulaToken> _tokens;
    private int _next;

    private FormulaParser(IReadOnlyList<FormulaToken> tokens) => _tokens = tokens;

    private FormulaToken Current => _tokens[_next];

    /// <summary>Whether a formula is longer than the service takes.</summary>
    public static bool IsTooLong(string formula) => formula.Length > Longest;

    /// <exception cref="FormulaException">It cannot be read.</exception>
    public static IReadOnlyList<FormulaStatement> Parse(string formula) => new FormulaParser(FormulaLexer.Cut(formula)).Statements();

    private List<FormulaStatement> Statements()
    {
        List<FormulaStatement> statements = [];
        while (true)
        {
            while (Take(";"))
            {
            }

            if (Current.Kind == FormulaTokenKind.End)
            {
                return statements.Count <= MostStatements
                    ? statements
                    : throw Current.Problem($"There are {statements.Count} statements, and {MostStatements} are allowed");
            }

            statements.Add(Statement());
            if (Current.Kind != FormulaTokenKind.End && !Take(";"))
            {
                throw Current.Problem($"Expected ';' and found '{Current.Text}'");
            }
        }
    }

    private FormulaStatement Statement()
    {
        FormulaToken first = Current;
        FormulaNode value = Expression();
        if (value is NameNode && Take("="))
        {
            return new FormulaStatement(first, Expression());
        }

        return value is CallNode { Token.Text: "stop" }
            ? new FormulaStatement(null, value)
            : throw first.Problem(Current.Kind == FormulaTokenKind.End ? "Incomplete statement, reached end of formula" : "A statement must be an assignment");
    }

    private FormulaNode Expression()
    {
        FormulaNode condition = Level(0);
        FormulaToken sign = Current;
        if (!Take("?"))
        {
            return condition;
        }

        FormulaNode one = Expression();
        Expect(":");
        return new ChoiceNode(sign, condition, one, Expression());
    }

    private FormulaNode Level(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        FormulaNode left = Level(level + 1);
        while (Current.Kind == FormulaTokenKind.Sign && Levels[level].Contains(Current.Text))
        {
            FormulaToken sign = Current;
            _next++;
            left = new OperatorNode(sign, left, Level(level + 1));
        }

        return left;
    }

    private FormulaNode Unary()
    {
        FormulaToken sign = Current;
        return Take("-") || Take("!") ? new OperatorNode(sign, null, Unary()) : Members();
    }

    private FormulaNode Members()
    {
        FormulaNode node = Primary();
        while (Take("."))
        {
            FormulaToken name = Current.Kind == FormulaTokenKind.Name ? Current : throw Current.Problem("Expected a name after '.'");
            _next++;
            node = new MemberNode(name, node, Take("(") ? Arguments(")") : null);
        }

        return node;
    }

    private FormulaNode Primary()
    {
        FormulaToken token = Current;
        _next++;
        switch (token.Kind)
        {
            case FormulaTokenKind.Number:
                return new LiteralNode(token, double.Parse(token.Text, CultureInfo.InvariantCulture));
            case FormulaTokenKind.Text:
                return new LiteralNode(token, token.Text);
            case FormulaTokenKind.Name:
                return Take("(") ? new CallNode(token, Arguments(")")) : new NameNode(token);
            case FormulaTokenKind.Sign when token.Text == "(":
                FormulaNode inner = Expression();
                Expect(")");
                return inner;
            case FormulaTokenKind.Sign when token.Text == "[":
                return new CallNode(token, Arguments("]"));
            case FormulaTokenKind.End:
                throw token.Problem("Incomplete statement, reached end of formula");
            default:
                throw token.Problem($"Unexpected '{token.Text}'");
        }
    }

    private List<FormulaNode> Arguments(string end)
    {
        List<FormulaNode> arguments = [];
        if (Take(end))
        {
            return arguments;
        }

        do
        {
            arguments.Add(Expression());
        }
        while (Take(","));
        Expect(end);
        return arguments;
    }

    private bool Take(string sign)
    {
        bool there = Current.Kind == FormulaTokenKind.Sign && Current.Text == sign;
        _next += there ? 1 : 0;
        return there;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw Current.Problem(Current.Kind == FormulaTokenKind.End ? "Incomplete statement, reached end of formula" : $"Expected '{sign}' and found '{Current.Text}'");
        }
    }
}
