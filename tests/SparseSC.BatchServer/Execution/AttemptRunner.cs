using SparseSC.BatchServer.Faults;

namespace SparseSC.BatchServer.Execution;

/// <summary>One run from an empty directory to its uploaded output.</summary>
internal sealed class AttemptRunner(FaultEngine faults)
{
    // How the runtime tells that a disk is full: the number of ENOSPC, and ERROR_DISK_FULL.
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>What goes wrong with the next run of a task.</summary>
    public AttemptFault FaultOf(string task) => faults.ForAttempt(task);

    /// <summary>Runs it. Every failure is in the outcome.</summary>
    public static async Task<Outcome> RunAsync(Work work, RunControl control)
    {
        FailedIn phase = FailedIn.Preparation;
        int? exitCode = null;
        try
        {
            if (work.Spec["containerSettings"] is not null && !work.HasContainers)
            {
                throw new FailureException(Failure.NoContainers());
            }

            // The time runs from the first download on, and does not keep what was made from being taken away.
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(control.Stopping);
            limit.CancelAfter(work.Limit);
            Prepare(work);
            await Task.Delay(work.Fault.DiskDelay, limit.Token);
            await Downloads.RunAsync(work, limit.Token);

            phase = FailedIn.Command;
            exitCode = await NodeProcess.RunAsync(work, limit.Token);
            control.Stopping.ThrowIfCancellationRequested();
            Failure? failure = limit.IsCancellationRequested ? TooLong() : exitCode == 0 ? null : Failure.ExitCode(exitCode.Value);

            await Task.Delay(work.Fault.DiskDelay, control.Stopping);
            phase = FailedIn.Upload;
            await Uploads.RunAsync(work, failure is null, control.Stopping);
            return new Outcome(DateTime.UtcNow, exitCode, failure, failure is null ? FailedIn.Nothing : FailedIn.Command);
        }
        catch (FailureException problem)
        {
            return Outcome.Failed(phase, problem.Failure, exitCode);
        }
        catch (OperationCanceledException)
        {
            bool asked = control.Stopping.IsCancellationRequested;
            return Outcome.Failed(phase, asked ? Failure.Ended("The task was ended by user request") : TooLong(), exitCode);
        }
        catch (IOException problem) when (problem.HResult is NoSpaceOnUnix or NoSpaceOnWindows)
        {
            return Outcome.Failed(phase, Failure.DiskFull(), exitCode);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Outcome.Failed(phase, new Failure("ServerError", "NodeFileError", problem.Message), exitCode);
        }
    }

    private static Failure TooLong() => Failure.Ended("The task was ended because it ran longer than its maxWallClockTime");

    private static void Prepare(Work work)
    {
        work.Disk.Forget(work.Directory);
        if (Directory.Exists(work.Directory))
        {
            Directory.Delete(work.Directory, recursive: true);
        }

        work.Disk.Require(0);
        Directory.CreateDirectory(work.WorkingDirectory);
    }
}
