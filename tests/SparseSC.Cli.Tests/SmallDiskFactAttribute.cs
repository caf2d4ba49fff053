using System.Diagnostics;

namespace SparseSC.Cli.Tests;

/// <summary>A test that fills a small disk of its own; skipped by name where namespaces or mounts are forbidden.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(Try);

    public SmallDiskFactAttribute()
    {
        if (!CanMount.Value)
        {
            Skip = "A tmpfs cannot be mounted in a namespace of its own here.";
        }
    }

    private static bool Try()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"])
            {
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
