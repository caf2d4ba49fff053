using System.Collections.ObjectModel;
using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Options;

/// <summary>Makes callbacks of script blocks. They are asked for on the fit's thread and run on the pipeline's, which is theirs.</summary>
internal sealed class ScriptCallbacks
{
    /// <summary>The way to the pipeline thread; set when the work begins.</summary>
    public PipelinePort? Port { get; set; }

    /// <summary>A choice among penalties: the block gets the scores, as its argument and as <c>$_</c>, and returns an index from 0.</summary>
    public Func<IReadOnlyList<double>, int> Choice(ScriptBlock script) => scores =>
    {
        double[] values = [.. scores];
        Collection<PSObject> output = Run("Choice", script, values, [values]);
        return output.Count == 1 && Number.ToInteger(output[0]) is int index
            ? index
            : throw new InvalidInputException(
                "ChoiceNotAnIndex",
                $"The script block of {{Choice}} returned {Say(output)}; it must return one index from 0 to {values.Length - 1}.",
                "Choice");
    };

    /// <summary>
    /// A stopping rule: the block gets the current iteration (also as <c>$_</c>), the one before it or null, and the number from 0,
    /// and returns whether to stop.
    /// </summary>
    public Func<FitIteration, FitIteration?, int, bool> Stopping(ScriptBlock script) => (current, previous, number) =>
        LanguagePrimitives.IsTrue(Run("StoppingRule", script, current, [current, previous, number]) is { Count: > 0 } output ? output[^1] : null);

    private Collection<PSObject> Run(string parameterName, ScriptBlock script, object underscore, object?[] arguments)
    {
        PipelinePort port = Port ?? throw new InvalidOperationException("The callback is asked for before the work began.");
        try
        {
            return port.Invoke(() => script.InvokeWithContext(null, [new PSVariable("_", underscore)], arguments));
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw new InvalidInputException("CallbackFailed", $"The script block of {{{parameterName}}} failed: {error.Message}", parameterName, error);
        }
    }

    private static string Say(Collection<PSObject> output) => output.Count switch
    {
        0 => "nothing",
        1 => $"'{output[0]}'",
        _ => $"{output.Count} values",
    };
}
