using System.Runtime.InteropServices;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>The work of one worker process: it computes tasks of a plan until none is left.</summary>
/// <remarks>Workers of one plan share its tasks by the plan's own file locks, so they need not know of each other.</remarks>
public static class LocalWorker
{
    /// <summary>Every task has a valid result.</summary>
    public const int ExitDone = 0;

    /// <summary>Some tasks failed; the others were computed.</summary>
    public const int ExitFailed = 1;

    /// <summary>The worker was told to stop.</summary>
    public const int ExitCancelled = 3;

    /// <summary>Runs until nothing is left, or a signal or the end of <paramref name="lifeline"/> asks for a stop.</summary>
    /// <param name="batchDirectory">The batch directory.</param>
    /// <param name="lifeline">A stream whose end means that the starter is gone; <c>null</c> for a worker that outlives it.</param>
    /// <param name="log">Where failures are told.</param>
    /// <returns>The exit code of the process.</returns>
    public static int Run(string batchDirectory, Stream? lifeline, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(log);
        using CancellationTokenSource stop = new();

        // Ctrl-C at the terminal is not meant for a worker that outlives its starter; it may still be in the terminal's reach.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (lifeline is not null)
            {
                Stop(stop);
            }
        });
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Stop(stop);
        });
        if (lifeline is not null)
        {
            _ = Task.Factory.StartNew(
                () => StopAtEnd(lifeline, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        try
        {
            BatchPlans.Load(batchDirectory).RunMissing(1, progress: null, stop.Token);
            return ExitDone;
        }
        catch (OperationCanceledException)
        {
            return ExitCancelled;
        }
        catch (Exception error) when (error is SparseSCException or IOException or UnauthorizedAccessException)
        {
            log.WriteLine(OptionText.ToPowerShell(error.Message));
            log.Flush();
            return ExitFailed;
        }
    }

    private static void StopAtEnd(Stream lifeline, CancellationTokenSource stop)
    {
        byte[] ignored = new byte[64];
        try
        {
            while (lifeline.Read(ignored) > 0)
            {
                // Nothing is ever said over the lifeline; only its end matters.
            }
        }
        catch (IOException)
        {
            // A broken lifeline is an ended one.
        }

        Stop(stop);
    }

    private static void Stop(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work was over before the word came.
        }
    }
}
