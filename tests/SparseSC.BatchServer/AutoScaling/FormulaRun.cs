namespace SparseSC.BatchServer.AutoScaling;

/// <summary>Works out a formula, statement by statement.</summary>
/// <param name="metric">The service's own variables by name; null for a name that is none.</param>
/// <param name="time">The formula's time.</param>
internal sealed class FormulaRun(Func<string, Metric?> metric, DateTime time)
{
    public const string Dedicated = "$TargetDedicatedNodes";
    public const string Spot = "$TargetLowPriorityNodes";
    public const string Deallocation = "$NodeDeallocationOption";
    private static readonly string[] Options = ["requeue", "terminate", "taskcompletion", "retaineddata"];

    private static readonly Dictionary<string, TimeSpan> Intervals = new()
    {
        ["TimeInterval_Zero"] = TimeSpan.Zero,
        ["TimeInterval_100ns"] = TimeSpan.FromTicks(1),
        ["TimeInterval_Microsecond"] = TimeSpan.FromMicroseconds(1),
        ["TimeInterval_Millisecond"] = TimeSpan.FromMilliseconds(1),
        ["TimeInterval_Second"] = TimeSpan.FromSeconds(1),
        ["TimeInterval_Minute"] = TimeSpan.FromMinutes(1),
        ["TimeInterval_Hour"] = TimeSpan.FromHours(1),
        ["TimeInterval_Day"] = TimeSpan.FromDays(1),
        ["TimeInterval_Week"] = TimeSpan.FromDays(7),
        ["TimeInterval_Year"] = TimeSpan.FromDays(365),
    };

    private readonly Dictionary<string, object> _variables = [];

    /// <summary>The variables in the order they were set first.</summary>
    public IEnumerable<KeyValuePair<string, object>> Variables => _variables;

    public object this[string name]
    {
        get => _variables[name];
        set => _variables[name] = value;
    }

    /// <exception cref="FormulaException">A statement cannot be worked out.</exception>
    public void Execute(IEnumerable<FormulaStatement> statements)
    {
        foreach (FormulaStatement statement in statements)
        {
            if (statement.Name is not { } name)
            {
                return;
            }

            Set(name, Value(statement.Value));
        }
    }

    private void Set(FormulaToken name, object value)
    {
        // The older names of the targets still work.
        string variable = name.Text switch { "$TargetDedicated" => Dedicated, "$TargetLowPriority" => Spot, var text => text };
        if (variable is Dedicated or Spot)
        {
            double number = FormulaValue.Number(value, name);
            value = number >= 0 ? Math.Floor(number) : throw name.Problem($"{variable} would be {number}");
        }
        else if (variable == Deallocation)
        {
            value = value is string option && Options.Contains(option) ? option : throw name.Problem($"{variable} must be one of {string.Join(", ", Options)}");
        }
        else if (metric(variable) is not null)
        {
            throw name.Problem($"{variable} is read only");
        }

        _variables[variable] = value is Metric now ? now.Now : value;
    }

    private object Value(FormulaNode node) => node switch
    {
        LiteralNode literal => literal.Value,
        NameNode name => Named(name.Token),
        ChoiceNode choice => Value(Holds(choice.Condition) ? choice.One : choice.Other),
        CallNode call => FormulaFunctions.Call(call.Token, [.. call.Arguments.Select(Value)], time),
        MemberNode member => Member(member),
        OperatorNode { Left: null } sign => Negated(sign),
        OperatorNode { Token.Text: "&&" } and => Holds(and.Left!) && Holds(and.Right) ? 1.0 : 0.0,
        OperatorNode { Token.Text: "||" } or => Holds(or.Left!) || Holds(or.Right) ? 1.0 : 0.0,
        OperatorNode binary => FormulaValue.Combine(binary.Token, Value(binary.Left!), Value(binary.Right)),
        _ => throw node.Token.Problem("This cannot be worked out"),
    };

    private object Named(FormulaToken name)
    {
        string variable = name.Text switch { "$TargetDedicated" => Dedicated, "$TargetLowPriority" => Spot, var text => text };
        if (_variables.TryGetValue(variable, out object? value))
        {
            return value;
        }

        if (Intervals.TryGetValue(variable, out TimeSpan interval))
        {
            return interval;
        }

        return Options.Contains(variable) ? variable : metric(variable) ?? throw name.Problem($"The variable {variable} is not defined");
    }

    private object Member(MemberNode member) => (Value(member.Owner), member) switch
    {
        (Metric owner, { Arguments: { } arguments }) => owner.Call(member.Token, [.. arguments.Select(Value)], member.Token),
        (DateTime at, { Arguments: null, Token.Text: "year" }) => (double)at.Year,
        (DateTime at, { Arguments: null, Token.Text: "month" }) => (double)at.Month,
        (DateTime at, { Arguments: null, Token.Text: "day" }) => (double)at.Day,
        (DateTime at, { Arguments: null, Token.Text: "weekday" }) => (double)at.DayOfWeek,
        (DateTime at, { Arguments: null, Token.Text: "hour" }) => (double)at.Hour,
        (DateTime at, { Arguments: null, Token.Text: "minute" }) => (double)at.Minute,
        (DateTime at, { Arguments: null, Token.Text: "second" }) => (double)at.Second,
        _ => throw member.Token.Problem($"There is no member {member.Token.Text} here"),
    };

    private object Negated(OperatorNode sign)
    {
        object value = Value(sign.Right);
        return sign.Token.Text == "!"
            ? FormulaValue.Number(value, sign.Token) == 0 ? 1.0 : 0.0
            : value switch
            {
                double[] list => list.Select(number => -number).ToArray(),
                TimeSpan interval => -interval,
                _ => -FormulaValue.Number(value, sign.Token),
            };
    }

    private bool Holds(FormulaNode condition) => FormulaValue.Number(Value(condition), condition.Token) != 0;
}
