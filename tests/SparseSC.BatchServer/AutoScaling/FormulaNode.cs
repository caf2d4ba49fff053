namespace SparseSC.BatchServer.AutoScaling;

/// <summary>A part of a formula that has a value.</summary>
/// <param name="Token">Where it stands.</param>
internal abstract record FormulaNode(FormulaToken Token);

/// <summary>A number or a string.</summary>
internal sealed record LiteralNode(FormulaToken Token, object Value) : FormulaNode(Token);

/// <summary>A variable or constant.</summary>
internal sealed record NameNode(FormulaToken Token) : FormulaNode(Token);

/// <summary>A sign before a value, or between two.</summary>
internal sealed record OperatorNode(FormulaToken Token, FormulaNode? Left, FormulaNode Right) : FormulaNode(Token);

/// <summary>condition ? one : other.</summary>
internal sealed record ChoiceNode(FormulaToken Token, FormulaNode Condition, FormulaNode One, FormulaNode Other) : FormulaNode(Token);

/// <summary>A function with its arguments; a vector between brackets is the function "[".</summary>
internal sealed record CallNode(FormulaToken Token, IReadOnlyList<FormulaNode> Arguments) : FormulaNode(Token);

/// <summary>A method of a metric, or a member of a time (no arguments then).</summary>
internal sealed record MemberNode(FormulaToken Token, FormulaNode Owner, IReadOnlyList<FormulaNode>? Arguments) : FormulaNode(Token);

/// <summary>name = value, or a function that is called for its effect when there is no name.</summary>
internal sealed record FormulaStatement(FormulaToken? Name, FormulaNode Value);
