using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Work of a command as a PowerShell job: Get-Job lists it, Receive-Job reads it, Stop-Job cancels it.</summary>
internal sealed class BackgroundJob : Job, IWorkStreams
{
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private volatile bool _hasErrors;

    /// <summary>Creates the job for a command line.</summary>
    public BackgroundJob(string command)
        : base(command)
    {
        PSJobTypeName = "SparseSCBatchJob";
        SetJobState(JobState.Running);
    }

    /// <inheritdoc/>
    public override bool HasMoreData =>
        Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Verbose.Count > 0 || Progress.Count > 0;

    /// <inheritdoc/>
    public override string Location => Environment.MachineName;

    /// <inheritdoc/>
    public override string StatusMessage => "";

    /// <summary>Starts the work.</summary>
    public void Run(Func<IWorkStreams, CancellationToken, Task> work) => _work = Task.Run(async () =>
    {
        JobState end;
        try
        {
            await work(this, _stop.Token).ConfigureAwait(false);
            end = _hasErrors ? JobState.Failed : JobState.Completed;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            end = JobState.Stopped;
        }
#pragma warning disable CA1031 // There is no caller it could reach; the job's own error stream is where it is looked for.
        catch (Exception error)
        {
            WriteError(ErrorMapper.ToRecord(error, Command, CommandName));
            end = JobState.Failed;
        }
#pragma warning restore CA1031

        UnlessClosed(() => SetJobState(end));
    });

    /// <inheritdoc/>
    public override void StopJob()
    {
        if (!_work.IsCompleted)
        {
            UnlessClosed(() => SetJobState(JobState.Stopping));
            _stop.Cancel();
        }

        _work.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public string CommandName => Command;

    /// <inheritdoc/>
    public void Write(object value)
    {
        (value as ISpellable)?.Spell(sentence => ParameterText.Render(sentence, CommandName));
        UnlessClosed(() => Output.Add(PSObject.AsPSObject(value)));
    }

    /// <inheritdoc/>
    public void WriteError(ErrorRecord error)
    {
        _hasErrors = true;
        UnlessClosed(() => Error.Add(error));
    }

    /// <inheritdoc/>
    public void WriteWarning(string text) => UnlessClosed(() => Warning.Add(new WarningRecord(ParameterText.Render(text, CommandName))));

    /// <inheritdoc/>
    public void WriteVerbose(string text) => UnlessClosed(() => Verbose.Add(new VerboseRecord(ParameterText.Render(text, CommandName))));

    /// <inheritdoc/>
    public void WriteProgress(ProgressRecord progress) => UnlessClosed(() => Progress.Add(progress));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Not awaited: Receive-Job -AutoRemoveJob comes here from the work's own last step.
            _stop.Cancel();
            _ = _work.ContinueWith(_ => _stop.Dispose(), TaskScheduler.Default);
        }

        base.Dispose(disposing);
    }

    // A job that is removed while it runs has closed its streams; what it would still say is of no use to anyone.
    private static void UnlessClosed(Action write)
    {
        try
        {
            write();
        }
        catch (InvalidOperationException)
        {
        }
    }
}
