namespace SparseSC.BatchServer.AutoScaling;

/// <summary>A formula that cannot be read or worked out.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="line">Line, from 1.</param>
/// <param name="column">Column, from 1.</param>
internal sealed class FormulaException(string problem, int line, int column) : Exception($"Line {line}, Col {column}: {problem}");
