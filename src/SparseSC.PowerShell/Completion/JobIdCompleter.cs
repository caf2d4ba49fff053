using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Local;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Completion;

/// <summary>Completes ids of the jobs of this machine; those of a service would have to be asked for over the network.</summary>
public sealed class JobIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        object? config = PropertyReader.Unwrap(fakeBoundParameters["Config"]);
        return config is null or LocalBatchConfig
            ? Completions.Of(JobDirectory.Jobs((config as LocalBatchConfig)?.JobDirectory), wordToComplete)
            : [];
    }
}
