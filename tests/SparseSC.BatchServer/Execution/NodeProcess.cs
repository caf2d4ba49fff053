using System.ComponentModel;
using System.Diagnostics;

namespace SparseSC.BatchServer.Execution;

/// <summary>Runs one command on a node and keeps what it writes.</summary>
internal static class NodeProcess
{
    // A grandchild that outlives the command may hold its pipes open; what it writes later is nobody's.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <param name="work">What to run.</param>
    /// <param name="stop">Kills the process and all its children.</param>
    /// <returns>The exit code; 128 plus the signal's number when a signal ended it.</returns>
    /// <exception cref="FailureException">The program is not there or cannot be run.</exception>
    public static async Task<int> RunAsync(Work work, CancellationToken stop)
    {
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
        Task copies = Task.WhenAll(
            KeepAsync(process.StandardOutput.BaseStream, Path.Combine(work.Directory, "stdout.txt")),
            KeepAsync(process.StandardError.BaseStream, Path.Combine(work.Directory, "stderr.txt")));

        using CancellationTokenSource outOfMemory = new();
        if (work.Fault.OutOfMemoryAfter is { } after)
        {
            outOfMemory.CancelAfter(after);
        }

        await using (stop.Register(() => Kill(process)))
        await using (outOfMemory.Token.Register(() => Kill(process)))
        {
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await Task.WhenAny(copies, Task.Delay(LastWords, CancellationToken.None));
        return process.ExitCode;
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

    private static async Task KeepAsync(Stream source, string file)
    {
        // Unbuffered, so that whoever reads the file of a running task sees what was written.
        await using FileStream target = new(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            await source.CopyToAsync(target);
        }
        catch (Exception problem) when (problem is ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The process was let go of while a grandchild still held the pipe.
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
