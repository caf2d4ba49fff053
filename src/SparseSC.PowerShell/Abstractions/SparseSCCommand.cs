using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using SparseSC.Batch.Plan;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Errors;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>What every cmdlet of the module shares: errors are mapped in one place, and Ctrl-C cancels work and is awaited.</summary>
public abstract class SparseSCCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _pipelineThread;
    private volatile PipelinePort? _port;
    private bool _isDisposed;

    /// <summary>What an error is about when the error does not know.</summary>
    protected virtual object? ErrorTarget => null;

    /// <summary>The cmdlet's name, whose parameters messages speak of.</summary>
    internal string CommandName => MyInvocation.MyCommand.Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(
        () =>
        {
            RefuseNull();
            _pipelineThread = Environment.CurrentManagedThreadId;
            if (GivenParameters.Describe(this) is { } given)
            {
                Tell(given);
            }

            Begin();
        },
        isTerminating: true);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process, isTerminating: !MyInvocation.ExpectingInput);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Guard(End, isTerminating: true);
        Tell(string.Create(CultureInfo.InvariantCulture, $"{MyInvocation.MyCommand.Name} took {_clock.Elapsed.TotalSeconds:0.000} s."));
    }

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

    /// <summary>Writes an object; its sentences name parameters in the cmdlets' spelling.</summary>
    internal new void WriteObject(object? value)
    {
        (value as ISpellable)?.Spell(sentence => ParameterText.Render(sentence, CommandName));
        base.WriteObject(value);
    }

    /// <summary>Runs work off the pipeline thread and waits for it here, doing what the work asks of this thread meanwhile.</summary>
    internal T RunOffThread<T>(Func<PipelinePort, Task<T>> work)
    {
        try
        {
            return PipelinePort.Run(
                port =>
                {
                    _port = port;
                    return work(port);
                },
                _stop);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            _port = null;
        }
    }

    /// <summary>Runs work as a PowerShell job, which is written at once.</summary>
    internal void RunAsJob(Func<IWorkStreams, CancellationToken, Task> work)
    {
        BackgroundJob job = new(CommandName);
        JobRepository.Add(job);
        job.Run(work);
        WriteObject(job);
    }

    /// <summary>Tells a detail to who gave -Verbose, from whatever thread; options stand in the core's spelling.</summary>
    internal void Tell(string text)
    {
        string spelled = ParameterText.Render(text, CommandName);
        if (Environment.CurrentManagedThreadId == _pipelineThread)
        {
            WriteVerbose(spelled);
        }
        else if (_port is { } port)
        {
            new PipelineStreams(this) { Port = port }.WriteVerbose(spelled);
        }
    }

    /// <summary>The full file system path of a path as users write it: relative to the session's location, or on a drive of it.</summary>
    protected string ResolvePath(string path) => SessionPath.Resolve(SessionState, path);

    /// <summary>Reports an error about one record; the others go on.</summary>
    protected void WriteMappedError(Exception error, object? target) => WriteError(ErrorMapper.ToRecord(error, target, CommandName));

    /// <summary>Reports an error after which nothing can go on.</summary>
    protected void ThrowMappedError(Exception error, object? target) => ThrowTerminatingError(ErrorMapper.ToRecord(error, target, CommandName));

    /// <summary>Writes a warning of the core in the cmdlets' spelling of parameters.</summary>
    protected void WriteMappedWarning(string warning) => WriteWarning(ParameterText.Render(warning, CommandName));

    /// <summary>Writes a fit, an effect or a plan after its warnings and what there is to tell about it.</summary>
    /// <param name="result">The fit, the effect or the plan.</param>
    /// <param name="said">Warnings that an earlier command has written, such as those about the panel.</param>
    private protected void Report(object result, IReadOnlyCollection<string>? said = null)
    {
        (IEnumerable<string> story, string[] warnings) = result switch
        {
            SyntheticControlFit fit => (Story.Of(fit), fit.Warnings),
            EffectEstimate estimate => (Story.Of(estimate), estimate.Warnings),
            SpacePlacebo space => ((IEnumerable<string>)[], space.Estimate.Warnings),
            TimePlacebo time => ([], [.. time.Estimates.SelectMany(estimate => estimate.Warnings).Distinct()]),
            ConformalTest conformal => ([], conformal.Warnings),
            BatchPlan plan => (Story.Of(plan), plan.Warnings),
            _ => ((IEnumerable<string>)[], Array.Empty<string>()),
        };
        foreach (string line in story)
        {
            Tell(line);
        }

        foreach (string warning in warnings.Except(said ?? []))
        {
            WriteMappedWarning(warning);
        }

        WriteObject(result);
    }

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

    // A variable that a failed command has left empty must not mean "as if it were not given".
    private void RefuseNull()
    {
        foreach ((string name, object? value) in MyInvocation.BoundParameters)
        {
            if ((value is null || (value is object?[] items && items.Contains(null))) && GetType().GetProperty(name)?.IsDefined(typeof(NeverNullAttribute), true) == true)
            {
                throw new InvalidInputException(
                    $"{name}IsNull", $"{{{name}}} is given, but as $null: the command that should have made it has probably failed. Look at its error, or leave {{{name}}} out.", name);
            }
        }
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
            ErrorRecord record = ErrorMapper.ToRecord(error, ErrorTarget, CommandName);
            if (isTerminating)
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
    }
}
