using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs;

/// <summary>Says in words why a system refuses to start the worker, and the way out.</summary>
/// <remarks>What is looked for are the words of the loader of Linux, of its shell, and of .NET's native start-up code.</remarks>
internal static partial class WorkerStartError
{
    private const string Managed = "make a worker that runs on any x64 processor and system with 'dotnet build eng/Module.proj -p:IncludeWorker=true -p:NativeWorker=false'";

    /// <summary>The explanation; <c>null</c> when the worker did start, or ended for another reason.</summary>
    /// <param name="said">What was written in its place.</param>
    public static string? Of(string? said)
    {
        if (said is null)
        {
            return null;
        }

        if (said.Contains("required instruction sets are not supported", StringComparison.Ordinal))
        {
            return "Its processor lacks AVX2, for which the worker was compiled. Use a machine made after 2015 (every size of Azure has AVX2), or " + Managed + ".";
        }

        if (MissingLibraryVersion().Match(said) is { Success: true } missing)
        {
            return $"Its system's C library is older than glibc {missing.Groups["version"].Value}, which the worker needs: Ubuntu 22.04, Debian 12, RHEL 9 and later have it. Use such a system, or " + Managed + ".";
        }

        if (said.Contains("Permission denied", StringComparison.Ordinal) && WorkerName().IsMatch(said))
        {
            return "It may not be executed: its file lacks the executable bit, or lies on a disk that is mounted 'noexec'. Give a {WorkerPath} that can be started.";
        }

        return said.Contains("Exec format error", StringComparison.Ordinal) || said.Contains("cannot execute binary file", StringComparison.Ordinal)
            ? "It is for another processor or system. Give a {WorkerPath} made for this one."
            : null;
    }

    [GeneratedRegex(@"GLIBC_(?<version>\d+(?:\.\d+)+)'? not found")]
    private static partial Regex MissingLibraryVersion();

    [GeneratedRegex(@"sparsesc: Permission denied")]
    private static partial Regex WorkerName();
}
