using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>One process for good: its number and a mark of when and where it started, because numbers are used again.</summary>
/// <param name="Id">The process number.</param>
/// <param name="StartMark">When it started, an @, and the system that counts its number; equal for every observer in that system.</param>
public sealed record ProcessIdentity(int Id, string StartMark)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const string PidNamespace = "/proc/self/ns/pid";

    private static readonly Lazy<string> System = new(NameSystem);

    /// <summary>
    /// Whether the process is, or was, one of those that can be seen from here: of this boot of this machine and, on Linux, of this PID
    /// namespace. Two containers on one machine count their processes apart, so number 1 of one says nothing about number 1 of the other.
    /// </summary>
    public bool IsOfThisSystem => StartMark.EndsWith($"@{System.Value}", StringComparison.Ordinal);

    /// <summary>The identity of a process that runs now, or <c>null</c>.</summary>
    public static ProcessIdentity? Of(int id)
    {
        string? started = OperatingSystem.IsLinux() ? LinuxStart(id) : PortableStart(id);
        return started is null ? null : new ProcessIdentity(id, $"{started}@{System.Value}");
    }

    /// <summary>Whether this very process still runs and can be seen from here.</summary>
    public bool IsAlive() => Of(Id) == this;

    private static string NameSystem() => OperatingSystem.IsLinux()
        ? $"{File.ReadAllText(BootIdFile).Trim()}/{new FileInfo(PidNamespace).LinkTarget}"
        : Environment.MachineName;

    // The kernel's own tick count is exact; a start time computed from the clock differs between observers.
    private static string? LinuxStart(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");

            // The name in parentheses may itself hold blanks and parentheses.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            bool isGone = fields[0] is "Z" or "X";
            return isGone ? null : fields[19];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? PortableStart(int id)
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
