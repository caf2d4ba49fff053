using System.ComponentModel;
using System.Diagnostics;

namespace SparseSC.Plots.Files;

/// <summary>The desktop of who is at the machine.</summary>
public static class Desktop
{
    /// <summary>Whether there is one to open a picture on: not over SSH, in a service, or in a terminal of Linux without a display.</summary>
    public static bool IsThere =>
        !Has("SSH_CONNECTION") && !Has("SSH_TTY")
        && (OperatingSystem.IsWindows() ? Environment.UserInteractive : OperatingSystem.IsMacOS() || Has("DISPLAY") || Has("WAYLAND_DISPLAY"));

    /// <summary>Opens a file with the program that the desktop has for it.</summary>
    /// <returns>Why it could not be opened; <c>null</c> when it has been.</returns>
    public static string? Open(string path)
    {
        try
        {
            ProcessStartInfo start = OperatingSystem.IsWindows()
                ? new ProcessStartInfo(path) { UseShellExecute = true }
                : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [path]) { RedirectStandardError = true, RedirectStandardOutput = true };
            Process.Start(start)?.Dispose();
            return null;
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException)
        {
            return error.Message;
        }
    }

    private static bool Has(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
