using System.Management.Automation;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>The streams of a command, written to on its pipeline thread.</summary>
internal sealed class PipelineStreams(SparseSCCommand command) : IWorkStreams
{
    private volatile PipelinePort? _port;

    /// <summary>The way to the pipeline thread while work runs; <c>null</c> in between, when no one listens.</summary>
    public PipelinePort? Port
    {
        get => _port;
        set => _port = value;
    }

    /// <inheritdoc/>
    public string CommandName => command.CommandName;

    /// <inheritdoc/>
    public void Write(object value) => Post(() => command.WriteObject(value));

    /// <inheritdoc/>
    public void WriteError(ErrorRecord error) => Post(() => command.WriteError(error));

    /// <inheritdoc/>
    public void WriteWarning(string text) => Post(() => command.WriteWarning(ParameterText.Render(text, CommandName)));

    /// <inheritdoc/>
    public void WriteVerbose(string text) => Post(() => command.WriteVerbose(ParameterText.Render(text, CommandName)));

    /// <inheritdoc/>
    public void WriteProgress(ProgressRecord progress) => Post(() => command.WriteProgress(progress));

    private void Post(Action action)
    {
        try
        {
            _port?.Post(action);
        }
        catch (InvalidOperationException)
        {
            // The work is over; a backend's last word about itself came too late for anyone to read it.
        }
    }
}
