using System.ComponentModel;
using System.Diagnostics;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>A worker that this process started.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // The shell puts the log in place of the worker's output and then becomes the worker, so the process number stays the same
    // and nobody has to stay behind to pump output. A worker of its own session gets no Ctrl-C and no hang-up from the terminal.
    private const string AttachedScript = """log=$1; shift; exec "$@" >>"$log" 2>&1""";
    private const string DetachedScript =
        """log=$1; shift; if command -v setsid >/dev/null 2>&1; then exec setsid "$@" >>"$log" 2>&1 </dev/null; else exec nohup "$@" >>"$log" 2>&1 </dev/null; fi""";

    private readonly Process _process;

    private WorkerProcess(Process process, ProcessIdentity identity)
    {
        _process = process;
        Identity = identity;
    }

    public ProcessIdentity Identity { get; }

    /// <exception cref="BatchJobException">The worker cannot be started.</exception>
    public static WorkerProcess Start(WorkerCommand command, WorkerTask task)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows() ? OnWindows(command, task) : OnUnix(command, task);
        try
        {
            Process process = Process.Start(start) ?? throw new InvalidOperationException("no process was made.");
            if (task.Detach)
            {
                CloseStreams(process, start);
            }

            // A worker that is gone already leaves a mark that no living process has.
            ProcessIdentity identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, "gone");
            return new WorkerProcess(process, identity);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            throw new BatchJobException("WorkerNotStarted", $"The worker '{command.FileName}' cannot be started: {error.Message}", innerException: error);
        }
    }

    /// <summary>Ends the worker's lifeline, upon which it stops by itself; a detached one has none.</summary>
    public void CutLifeline()
    {
        if (!_process.StartInfo.RedirectStandardInput)
        {
            return;
        }

        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    public void Dispose() => _process.Dispose();

    // Were any stream left to the terminal, .NET would hand the terminal's settings to the child and break line editing here.
    private static ProcessStartInfo OnUnix(WorkerCommand command, WorkerTask task)
    {
        ProcessStartInfo start = new("/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = ["-c", task.Detach ? DetachedScript : AttachedScript, "sh", task.LogFile, command.FileName, .. command.ArgumentsFor(task)];
        Array.ForEach(all, start.ArgumentList.Add);
        return start;
    }

    private static ProcessStartInfo OnWindows(WorkerCommand command, WorkerTask task)
    {
        ProcessStartInfo start = new(command.FileName)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = !task.Detach,
        };
        Array.ForEach(command.ArgumentsFor(task), start.ArgumentList.Add);
        return start;
    }

    private static void CloseStreams(Process process, ProcessStartInfo start)
    {
        if (start.RedirectStandardInput)
        {
            process.StandardInput.Close();
            process.StandardOutput.Close();
            process.StandardError.Close();
        }
    }
}
