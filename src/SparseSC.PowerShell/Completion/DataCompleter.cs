using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SparseSC.PowerShell.Completion;

/// <summary>Completes a parameter with names in the data that the command works on.</summary>
public abstract class DataCompleter : IArgumentCompleter
{
    /// <summary>The names wanted of the data.</summary>
    private protected abstract IEnumerable<string> Names(DataAtHand data);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        new CommandLineData(commandAst, fakeBoundParameters).Find() is { } data ? Completions.Of(Names(data), wordToComplete) : [];
}

/// <summary>Completes names of units.</summary>
public sealed class UnitCompleter : DataCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(DataAtHand data) => data.Units;
}

/// <summary>Completes times.</summary>
public sealed class TimeCompleter : DataCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(DataAtHand data) => data.Times;
}

/// <summary>Completes names of columns.</summary>
public sealed class ColumnCompleter : DataCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(DataAtHand data) => data.Columns;
}
