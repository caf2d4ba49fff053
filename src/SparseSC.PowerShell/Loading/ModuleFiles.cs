using SparseSC.Core.Jobs;
using SparseSC.Core.Jobs.Local;

namespace SparseSC.PowerShell.Loading;

/// <summary>Where the module's own files lie.</summary>
internal static class ModuleFiles
{
    public static WorkerHome WorkerHome()
    {
        string binaries = Path.GetDirectoryName(typeof(ModuleFiles).Assembly.Location)!;
        return new WorkerHome
        {
            // The module's root is two folders above bin/net8.0.
            ExecutablesDirectory = Path.GetFullPath(Path.Combine(binaries, "..", "..", "worker")),
            CoreAssembly = typeof(LocalWorker).Assembly.Location,
            PowerShell = PowerShellPath(),
        };
    }

    private static string PowerShellPath()
    {
        string? process = Environment.ProcessPath;
        bool isPowerShell = Path.GetFileNameWithoutExtension(process)?.Equals("pwsh", StringComparison.OrdinalIgnoreCase) == true;
        return isPowerShell ? process! : "pwsh";
    }
}
