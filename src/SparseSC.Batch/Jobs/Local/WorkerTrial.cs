using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Starts a worker for an instant, to see whether the system lets it run.</summary>
internal static class WorkerTrial
{
    // EACCES and ENOEXEC.
    private const int AccessDenied = 13;
    private const int ExecFormat = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Why it cannot run; <c>null</c> when it can.</summary>
    /// <param name="file">The executable.</param>
    public static string? Fault(string file)
    {
        ProcessStartInfo start = new(file, ["--version"])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return $"It does not answer '--version' within {Patience.TotalSeconds:0} seconds.";
            }

            string said = errors.GetAwaiter().GetResult().Trim();
            return process.ExitCode == 0 ? null
                : WorkerStartError.Of(said) ?? string.Create(CultureInfo.InvariantCulture, $"'--version' ends with exit code {process.ExitCode}: {said}");
        }
        catch (Win32Exception error)
        {
            string words = (OperatingSystem.IsWindows() ? 0 : error.NativeErrorCode) switch
            {
                AccessDenied => "sparsesc: Permission denied",
                ExecFormat => "Exec format error",
                _ => "",
            };
            return WorkerStartError.Of(words) ?? error.Message;
        }
    }
}
