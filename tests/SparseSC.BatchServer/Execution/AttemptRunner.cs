using SparseSC.BatchServer.Faults;

namespace SparseSC.BatchServer.Execution;

/// <summary>One run from an empty directory to its uploaded output.</summary>
internal sealed class AttemptRunner(FaultEngine faults)
{
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

            Prepare(work);
            await Task.Delay(work.Fault.DiskDelay, control.Stopping);
            await Transfers.DownloadAsync(work, control.Stopping);

            phase = FailedIn.Command;
            Failure? failure;
            (exitCode, failure) = await RunCommandAsync(work, control);

            await Task.Delay(work.Fault.DiskDelay, control.Stopping);
            phase = FailedIn.Upload;
            await Transfers.UploadAsync(work, failure is null, control.Stopping);
            return new Outcome(DateTime.UtcNow, exitCode, failure, failure is null ? FailedIn.Nothing : FailedIn.Command);
        }
        catch (FailureException problem)
        {
            return Outcome.Failed(phase, problem.Failure, exitCode);
        }
        catch (OperationCanceledException)
        {
            return Outcome.Failed(phase, Failure.Ended("The task was ended by user request"), exitCode);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Outcome.Failed(phase, new Failure("ServerError", "NodeFileError", problem.Message), exitCode);
        }
    }

    private static void Prepare(Work work)
    {
        if (Directory.Exists(work.Directory))
        {
            Directory.Delete(work.Directory, recursive: true);
        }

        Directory.CreateDirectory(work.WorkingDirectory);
    }

    private static async Task<(int ExitCode, Failure? Failure)> RunCommandAsync(Work work, RunControl control)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(control.Stopping);
        limit.CancelAfter(work.Limit);
        int code = await NodeProcess.RunAsync(work, limit.Token);
        control.Stopping.ThrowIfCancellationRequested();
        return limit.IsCancellationRequested
            ? (code, Failure.Ended("The task was ended because it ran longer than its maxWallClockTime"))
            : (code, code == 0 ? null : Failure.ExitCode(code));
    }
}
