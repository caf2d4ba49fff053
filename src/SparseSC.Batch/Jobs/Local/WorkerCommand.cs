using System.Runtime.InteropServices;
using System.Text;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>The command line of one kind of worker.</summary>
internal sealed class WorkerCommand
{
    private const string PowerShellName = "pwsh";

    private readonly Func<WorkerTask, string[]> _arguments;

    private WorkerCommand(string fileName, Func<WorkerTask, string[]> arguments, bool isExecutable = false)
    {
        FileName = fileName;
        IsExecutable = isExecutable;
        _arguments = arguments;
    }

    public string FileName { get; }

    /// <summary>Whether <see cref="FileName"/> is the worker itself, and not a program that runs it.</summary>
    public bool IsExecutable { get; }

    /// <summary>The worker that was asked for, else the program itself, else the executable made for this platform, else a child PowerShell.</summary>
    /// <exception cref="BatchJobException">There is none.</exception>
    public static WorkerCommand Find(string? workerPath, WorkerHome home)
    {
        if (!string.IsNullOrEmpty(workerPath))
        {
            return FromPath(workerPath, home);
        }

        if (home.OwnExecutable is string own)
        {
            return FromFile(own);
        }

        string? executable = home.ExecutablesDirectory is null
            ? null
            : Path.Combine(home.ExecutablesDirectory, PlatformFolder(), OperatingSystem.IsWindows() ? "sparsesc.exe" : "sparsesc");
        if (File.Exists(executable))
        {
            return ForExecutable(executable);
        }

        return home.PowerShell is not null && home.WorkerAssembly is not null
            ? ForPowerShell(home.PowerShell, home.WorkerAssembly)
            : throw new BatchJobException(
                ErrorIds.WorkerNotFound,
                $"There is no worker for this platform{(executable is null ? "" : $" at '{executable}'")}. Give {{WorkerPath}}.");
    }

    public string[] ArgumentsFor(WorkerTask task) => _arguments(task);

    /// <summary>The same with a file that the system starts, and a sentence on what was done to have it.</summary>
    /// <exception cref="BatchJobException">The worker lacks the executable bit, and there is no help.</exception>
    public (WorkerCommand Command, string Done) Startable(WorkerExecutable executable)
    {
        if (!IsExecutable)
        {
            return (this, "");
        }

        (string file, string done) = executable.Startable(FileName);
        return (ForExecutable(file), done);
    }

    private static WorkerCommand FromPath(string workerPath, WorkerHome home)
    {
        if (IsPowerShell(workerPath))
        {
            return home.WorkerAssembly is null
                ? throw new BatchJobException(ErrorIds.WorkerNotFound, $"{{WorkerPath}} '{workerPath}' is PowerShell, which can only be a worker of the module.")
                : ForPowerShell(workerPath == PowerShellName ? home.PowerShell ?? workerPath : workerPath, home.WorkerAssembly);
        }

        string fullPath = Path.GetFullPath(workerPath);
        if (!File.Exists(fullPath))
        {
            throw new BatchJobException(ErrorIds.WorkerNotFound, $"{{WorkerPath}} '{fullPath}' does not exist. Give the path of the executable 'sparsesc'.");
        }

        return FromFile(fullPath);
    }

    private static WorkerCommand FromFile(string fullPath) =>
        IsAssembly(fullPath) ? ForAssembly(fullPath) : ForExecutable(fullPath);

    private static bool IsPowerShell(string path) =>
        Path.GetFileNameWithoutExtension(path).Equals(PowerShellName, StringComparison.OrdinalIgnoreCase);

    private static WorkerCommand ForExecutable(string path) => new(path, RunVerb, isExecutable: true);

    private static WorkerCommand ForAssembly(string path) => new(Dotnet(), task => [path, .. RunVerb(task)]);

    private static WorkerCommand ForPowerShell(string powerShell, string coreAssembly)
    {
        bool isAssembly = IsAssembly(powerShell);
        string[] program = isAssembly ? [powerShell] : [];
        return new(
            isAssembly ? Dotnet() : powerShell,
            task => [.. program, "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", Encode(PowerShellScript(coreAssembly, task))]);
    }

    private static bool IsAssembly(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    // The one that runs this process surely has the runtime that is needed; another on the PATH may not.
    private static string Dotnet()
    {
        string? process = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? process! : "dotnet";
    }

    private static string[] RunVerb(WorkerTask task)
    {
        string[] run = ["run", "--batch-directory", task.BatchDirectory, "--parallel", "1"];
        return task.Detach ? run : [.. run, "--exit-with-parent"];
    }

    // The process is left by Environment.Exit because pwsh would otherwise go on reading the lifeline as its own input.
    private static string PowerShellScript(string coreAssembly, WorkerTask task)
    {
        string lifeline = task.Detach ? "$null" : "[Console]::OpenStandardInput()";
        string log = OperatingSystem.IsWindows() ? $"[System.IO.StreamWriter]::new({Quote(task.LogFile)}, $true)" : "[Console]::Error";
        return $$"""
            $ErrorActionPreference = 'Stop'
            try {
                Add-Type -LiteralPath {{Quote(coreAssembly)}}
                $code = [SparseSC.Batch.Jobs.LocalWorker]::Run({{Quote(task.BatchDirectory)}}, {{lifeline}}, {{log}})
            }
            catch {
                [Console]::Error.WriteLine($_)
                $code = {{LocalWorker.ExitFailed}}
            }
            [Environment]::Exit($code)
            """;
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Encode(string script) => Convert.ToBase64String(Encoding.Unicode.GetBytes(script));

    private static string PlatformFolder()
    {
        string system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : "linux";
#pragma warning disable CA1308 // Folder names of platforms are lower case everywhere.
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
#pragma warning restore CA1308
    }
}
