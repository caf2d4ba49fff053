namespace SparseSC.BatchServer.AutoScaling;

/// <summary>What a token is.</summary>
internal enum FormulaTokenKind
{
    Number,
    Text,
    Name,
    Sign,
    End,
}

/// <summary>A word of a formula.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; a string's without its quotes.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Column">Where it begins, from 1.</param>
internal sealed record FormulaToken(FormulaTokenKind Kind, string Text, int Line, int Column)
{
    public FormulaException Problem(string problem) => new(problem, Line, Column);
}
