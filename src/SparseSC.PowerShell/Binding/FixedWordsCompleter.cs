using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SparseSC.PowerShell.Binding;

/// <summary>Completes a parameter with one of a few words.</summary>
public abstract class FixedWordsCompleter : IArgumentCompleter
{
    /// <summary>The words, in the order shown.</summary>
    protected abstract IReadOnlyList<string> Words { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Words.Where(word => word.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(word, word, CompletionResultType.ParameterValue, word));
}

/// <summary>Completes -Choice.</summary>
public sealed class ChoiceCompleter : FixedWordsCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Words => ChoiceArgument.Spellings;
}

/// <summary>Completes -Optimizer.</summary>
public sealed class OptimizerCompleter : FixedWordsCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Words => ["cdl", "newton"];
}

/// <summary>Completes -ImageReference.</summary>
public sealed class ImageCompleter : FixedWordsCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Words => ["canonical:ubuntu-24_04-lts:server", "microsoft-dsvm:ubuntu-hpc:2404"];
}

/// <summary>Completes -CrossFitFolds, which is a number otherwise.</summary>
public sealed class AllFoldsCompleter : FixedWordsCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Words => ["All"];
}

/// <summary>Completes -GradientFolds, which is a number or a file otherwise.</summary>
public sealed class NoFoldsCompleter : FixedWordsCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Words => ["None"];
}
