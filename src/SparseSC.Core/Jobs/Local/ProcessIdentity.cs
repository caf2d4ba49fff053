using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SparseSC.Core.Jobs.Local;

/// <summary>One process for good: its number and a mark of when it started, because numbers are used again.</summary>
/// <param name="Id">The process number.</param>
/// <param name="StartMark">When it started, in a form that equal processes share across sessions.</param>
public sealed record ProcessIdentity(int Id, string StartMark)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>The identity of a process that runs now, or <c>null</c>.</summary>
    public static ProcessIdentity? Of(int id)
    {
        string? mark = OperatingSystem.IsLinux() ? LinuxMark(id) : PortableMark(id);
        return mark is null ? null : new ProcessIdentity(id, mark);
    }

    /// <summary>Whether this very process still runs.</summary>
    public bool IsAlive() => Of(Id) == this;

    // The kernel's own tick count and the boot's id are exact; a start time computed from the clock differs between observers.
    private static string? LinuxMark(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");

            // The name in parentheses may itself hold blanks and parentheses.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            bool isGone = fields[0] is "Z" or "X";
            return isGone ? null : $"{fields[19]}@{File.ReadAllText(BootIdFile).Trim()}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? PortableMark(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().ToString("yyyyMMddTHHmmss", CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
