using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.PowerShell.Binding;

/// <summary>Completes -VmSize from anything in the name, with cores and memory to read beside it.</summary>
public sealed class VmSizeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        return VmSizes.Usual
            .Where(size => size.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(size => new CompletionResult(
                size.Name,
                size.Name,
                CompletionResultType.ParameterValue,
                string.Create(CultureInfo.InvariantCulture, $"{size.Cores} cores, {size.MemoryGiB} GiB")));
    }
}
