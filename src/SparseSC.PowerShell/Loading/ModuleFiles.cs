using SparseSC.Core.Jobs;
using SparseSC.Core.Jobs.Local;

namespace SparseSC.PowerShell.Loading;

/// <summary>Where the module's own files lie.</summary>
internal static class ModuleFiles
{
    /// <summary>The folder of SparseSC.Azure and what only it needs.</summary>
    public static string IsolatedDirectory => Path.Combine(Binaries, "isolated");

    private static string Binaries => Path.GetDirectoryName(typeof(ModuleFiles).Assembly.Location)!;

    public static WorkerHome WorkerHome()
    {
        return new WorkerHome
        {
            // The module's root is two folders above bin/net8.0.
            ExecutablesDirectory = Path.GetFullPath(Path.Combine(Binaries, "..", "..", "worker")),
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
