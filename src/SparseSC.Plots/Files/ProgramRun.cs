using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SparseSC.Plots.Files;

/// <summary>Runs a program without a shell, and ends it with all its children when its time is over.</summary>
internal static class ProgramRun
{
    private const int MostSaid = 200;

    /// <summary>Runs it.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What went wrong, to be read after its name; <c>null</c> when nothing did.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string? Of(string file, string[] arguments, string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(stop.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(stop.Token);
            process.WaitForExitAsync(stop.Token).GetAwaiter().GetResult();
            string said = $"{error.GetAwaiter().GetResult()}\n{output.GetAwaiter().GetResult()}".Trim();
            return process.ExitCode == 0 ? null : $"ended with exit code {process.ExitCode}{(said.Length == 0 ? "" : $" ({Short(said)})")}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"was ended after {limit.TotalSeconds:0.#} s");
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            return $"could not be started or spoken to ({error.Message})";
        }
        finally
        {
            End(process);
        }
    }

    private static void End(Process? process)
    {
        try
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself meanwhile.
        }

        process?.Dispose();
    }

    private static string Short(string said)
    {
        string line = said.ReplaceLineEndings(" ");
        return line.Length <= MostSaid ? line : $"{line[..MostSaid]}…";
    }
}
