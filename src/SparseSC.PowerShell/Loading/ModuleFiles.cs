using System.Reflection;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Local;

namespace SparseSC.PowerShell.Loading;

/// <summary>Paths of the module's own files.</summary>
internal static class ModuleFiles
{
    private const string PowerShellName = "pwsh";

    /// <summary>The folder of SparseSC.Azure and what only it needs.</summary>
    public static string IsolatedDirectory => Path.Combine(Binaries, "isolated");

    /// <summary>The folder of SparseSC.Plots and what only it needs.</summary>
    public static string PlotsDirectory => Path.Combine(Binaries, "plots");

    private static string Binaries { get; } = FindBinaries(Path.GetDirectoryName(typeof(ModuleFiles).Assembly.Location)!);

    public static WorkerHome WorkerHome()
    {
        return new WorkerHome
        {
            // The module's root is two folders above bin/net8.0.
            ExecutablesDirectory = Path.GetFullPath(Path.Combine(Binaries, "..", "..", "worker")),
            WorkerAssembly = typeof(LocalWorker).Assembly.Location,
            PowerShell = PowerShellPath(),
        };
    }

    // Code compiled ahead for one system lies in a folder of that system, one below the others.
    private static string FindBinaries(string folder) =>
        File.Exists(Path.Combine(folder, "..", $"{typeof(ModuleFiles).Assembly.GetName().Name}.dll")) ? Path.GetDirectoryName(folder)! : folder;

    // PowerShell as a dotnet tool is pwsh.dll in a process of dotnet; in the process of another host it is the one on the PATH.
    private static string PowerShellPath()
    {
        string? program = Assembly.GetEntryAssembly()?.Location;
        return IsPowerShell(Environment.ProcessPath) ? Environment.ProcessPath!
            : IsPowerShell(program) ? program!
            : PowerShellName;
    }

    private static bool IsPowerShell(string? path) =>
        Path.GetFileNameWithoutExtension(path)?.Equals(PowerShellName, StringComparison.OrdinalIgnoreCase) == true;
}
