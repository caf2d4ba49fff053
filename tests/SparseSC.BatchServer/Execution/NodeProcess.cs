using System.ComponentModel;
using System.Diagnostics;

namespace SparseSC.BatchServer.Execution;

/// <summary>Runs one command on a node and keeps what it writes.</summary>
internal static class NodeProcess
{
    // A grandchild that outlives the command may hold its pipes open; what it writes later is nobody's.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DiskLook = TimeSpan.FromMilliseconds(100);
    private const int Killed = 128 + 9;

    /// <param name="work">What to run.</param>
    /// <param name="stop">Kills the process and all its children.</param>
    /// <returns>The exit code; 128 plus the signal's number when a signal ended it.</returns>
    /// <exception cref="FailureException">The program is not there or cannot be run, or the disk is full.</exception>
    public static async Task<int> RunAsync(Work work, CancellationToken stop)
    {
        if (work.Fault.OutOfMemoryAfter == TimeSpan.Zero)
        {
            // A quick command would have ended before it could be killed.
            await File.WriteAllTextAsync(Path.Combine(work.Directory, "stdout.txt"), "", stop);
            await File.WriteAllTextAsync(Path.Combine(work.Directory, "stderr.txt"), "", stop);
            return Killed;
        }

        string[] words = CommandLine.Split((string)work.Spec["commandLine"]!);
        string program = words.Length > 0 ? words[0] : "";
        ProcessStartInfo start = new(Find(program, work), words.Skip(1))
        {
            WorkingDirectory = work.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in work.Environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Start(start, program);
        process.StandardInput.Close();
        using CancellationTokenSource full = new();
        Task copies = Task.WhenAll(
            OutputCopy.RunAsync(process.StandardOutput.BaseStream, Path.Combine(work.Directory, "stdout.txt"), full.Cancel),
            OutputCopy.RunAsync(process.StandardError.BaseStream, Path.Combine(work.Directory, "stderr.txt"), full.Cancel));

        using CancellationTokenSource outOfMemory = new();
        if (work.Fault.OutOfMemoryAfter is { } after)
        {
            outOfMemory.CancelAfter(after);
        }

        await using (stop.Register(() => Kill(process)))
        await using (outOfMemory.Token.Register(() => Kill(process)))
        await using (full.Token.Register(() => Kill(process)))
        {
            await WaitAsync(process, work.Disk, full);
        }

        await Task.WhenAny(copies, Task.Delay(LastWords, CancellationToken.None));
        return full.IsCancellationRequested || work.Disk.IsFull ? throw new FailureException(Failure.DiskFull()) : process.ExitCode;
    }

    // No file system here ends at a node's number of bytes, so the node looks now and then.
    private static async Task WaitAsync(Process process, NodeDisk disk, CancellationTokenSource full)
    {
        Task exit = process.WaitForExitAsync(CancellationToken.None);
        while (disk.IsLimited && await Task.WhenAny(exit, Task.Delay(DiskLook, CancellationToken.None)) != exit)
        {
            if (disk.IsFull)
            {
                await full.CancelAsync();
                break;
            }
        }

        await exit;
    }

    // The runtime would look for a relative name beside the server and not in the task's directory.
    private static string Find(string program, Work work)
    {
        string[] candidates = program.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(program)
            ? [Path.Combine(work.WorkingDirectory, program)]
            : [.. work.Environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program))];
        return candidates.SelectMany<string, string>(candidate => OperatingSystem.IsWindows() ? [candidate, candidate + ".exe"] : [candidate])
            .FirstOrDefault(File.Exists)
            ?? throw new FailureException(Failure.ProgramNotFound(program, "There is no such file."));
    }

    private static Process Start(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new FailureException(Failure.ProgramNotFound(program, problem.Message));
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It, or one of its children, ended by itself in the meantime.
        }
    }
}
