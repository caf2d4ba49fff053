using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Asks the services that a configuration names whether jobs could run, and lists what was found.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SparseSCBatchConfig")]
[OutputType(typeof(ConfigFinding), typeof(bool))]
public sealed class TestSparseSCBatchConfigCommand : SparseSCCommand
{
    /// <summary>The configuration; without it, this machine with the default settings.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [BatchConfigTransformation]
    [NeverNull]
    public BatchConfig? Config { get; set; }

    /// <summary>Says only whether jobs could run.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        bool isFit = RunOffThread(async port =>
        {
            PipelineStreams streams = new(this) { Port = port };
            StepReporter steps = new(streams);
            steps.Begin("Testing the configuration");
            try
            {
                return await TestAsync(new BackendSet(steps), streams, port.Stopping).ConfigureAwait(false);
            }
            finally
            {
                steps.End();
            }
        });
        if (Quiet)
        {
            WriteObject(isFit);
        }
    }

    private async Task<bool> TestAsync(BackendSet backends, PipelineStreams streams, CancellationToken stopping)
    {
        bool isFit = true;
        await foreach (ConfigFinding finding in FindingsAsync(backends, stopping).ConfigureAwait(false))
        {
            isFit &= finding.Severity != FindingSeverity.Error;
            Tell($"{finding.Check}: {finding.Severity}.");
            if (!Quiet)
            {
                streams.Write(finding);
            }
        }

        return isFit;
    }

    // What contradicts itself is a finding like any other: a test that throws would say less than it could.
    private async IAsyncEnumerable<ConfigFinding> FindingsAsync(
        BackendSet backends, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stopping)
    {
        IBatchBackend? backend = null;
        ConfigFinding? fault = null;
        try
        {
            backend = backends.For(Config);
        }
        catch (InvalidInputException error)
        {
            fault = new ConfigFinding { Check = "Settings", Severity = FindingSeverity.Error, Message = error.Message };
        }

        if (backend is null)
        {
            yield return fault!;
            yield break;
        }

        await foreach (ConfigFinding finding in backend.TestAsync(stopping).ConfigureAwait(false))
        {
            yield return finding;
        }
    }
}
