using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Ends processes: asked first, then made to.</summary>
internal static class ProcessStopper
{
    private const int Terminate = 15;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns when none of <paramref name="processes"/> runs any more.</summary>
    public static async Task StopAsync(IReadOnlyList<ProcessIdentity> processes, TimeSpan grace, CancellationToken cancellationToken)
    {
        foreach (ProcessIdentity process in processes.Where(process => process.IsAlive()))
        {
            Ask(process);
        }

        if (await AreGoneAsync(processes, grace, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (ProcessIdentity process in processes.Where(process => process.IsAlive()))
        {
            Kill(process);
        }

        await AreGoneAsync(processes, grace, cancellationToken).ConfigureAwait(false);
    }

    // Windows has no gentle signal; there the lifeline's end is the only way to ask.
    private static void Ask(ProcessIdentity process)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SendSignal(process.Id, Terminate);
        }
    }

    private static void Kill(ProcessIdentity process)
    {
        try
        {
            using Process running = Process.GetProcessById(process.Id);
            running.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended by itself meanwhile.
        }
    }

    private static async Task<bool> AreGoneAsync(IReadOnlyList<ProcessIdentity> processes, TimeSpan patience, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (processes.Any(process => process.IsAlive()))
        {
            if (watch.Elapsed > patience)
            {
                return false;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
