using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>What every cmdlet of the module shares: errors are mapped in one place, and Ctrl-C cancels work and is awaited.</summary>
public abstract class SparseSCCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool _isDisposed;

    /// <summary>What an error is about when the error does not know.</summary>
    protected virtual object? ErrorTarget => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin, isTerminating: true);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process, isTerminating: !MyInvocation.ExpectingInput);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End, isTerminating: true);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command was over before the word came.
        }
    }

    /// <summary>Before the first record.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>One record.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>After the last record.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Runs work off the pipeline thread and waits for it here, doing what the work asks of this thread meanwhile.</summary>
    internal T RunOffThread<T>(Func<PipelinePort, Task<T>> work)
    {
        try
        {
            return PipelinePort.Run(work, _stop);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>The full file system path of a path as users write it: relative to the session's location, or on a drive of it.</summary>
    protected string ResolvePath(string path) => SessionPath.Resolve(SessionState, path);

    /// <summary>Reports an error about one record; the others go on.</summary>
    protected void WriteMappedError(Exception error, object? target) => WriteError(ErrorMapper.ToRecord(error, target));

    /// <summary>Reports an error after which nothing can go on.</summary>
    protected void ThrowMappedError(Exception error, object? target) => ThrowTerminatingError(ErrorMapper.ToRecord(error, target));

    /// <summary>Writes a warning of the core in the cmdlets' spelling of parameters.</summary>
    protected void WriteMappedWarning(string warning) => WriteWarning(OptionText.ToPowerShell(warning));

    /// <summary>Whether an exception is one that users are told about.</summary>
    private protected static bool IsForUsers(Exception error) => ErrorMapper.CanMap(error);

    /// <summary>Frees what the command holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _stop.Dispose();
        }

        _isDisposed = true;
    }

    // A faulty record of many is reported and the rest go on; when there is nothing else to go on with, the caller's try sees it.
    private void Guard(Action step, bool isTerminating)
    {
        try
        {
            step();
        }
        catch (Exception error) when (ErrorMapper.CanMap(error))
        {
            ErrorRecord record = ErrorMapper.ToRecord(error, ErrorTarget);
            if (isTerminating)
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
    }
}
