using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparseSC.Tests;

/// <summary>A program of native code, built once for all tests of a project as the documentation says.</summary>
/// <param name="folder">The folder it lies in, with nothing else in it.</param>
/// <param name="build">Arguments of <c>dotnet</c> that build it.</param>
/// <param name="isOfModule">Whether the module's build makes it, too.</param>
internal sealed class NativePublish(string folder, string[] build, bool isOfModule)
{
    private static readonly string[] Linkers = ["clang", "gcc"];
    private readonly Lazy<string> _published = new(() => Publish(folder, build, isOfModule));

    /// <summary>Why there can be none on this machine; <c>null</c> when there can.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64 ? "Native code is made on Linux x64."
        : !Linkers.Any(IsOnPath) ? "Native code needs a linker: clang or gcc."
        : null;

    /// <summary>The executable.</summary>
    public string Program => _published.Value;

    /// <summary>The folder it lies in, with nothing else in it.</summary>
    public string Folder => folder;

    /// <summary>The whole command line, with its verbs of jobs.</summary>
    public static NativePublish CommandLine()
    {
        string target = FolderOf("native");

        // Its own folder of intermediate files: other tests build the same project for other ends at the same time.
        return new(target,
        [
            "publish", Path.Combine(RepositoryFiles.Root, "src", "SparseSC.Cli"), "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true",
            "-o", target, "--artifacts-path", FolderOf("native-build"), "-v", "quiet", "-nologo",
        ],
        isOfModule: false);
    }

    /// <summary>The worker, from the intermediate files of the module's package: whichever is built later finds them made.</summary>
    public static NativePublish Worker() => new(Path.Combine(FolderOf("native-worker"), "worker", "linux-x64"),
    [
        "msbuild", Path.Combine(RepositoryFiles.Root, "eng", "Module.proj"), "-t:Worker", "-p:IncludeWorker=true", "-p:NativeWorker=true",
        $"-p:ModuleDirectory={FolderOf("native-worker")}/", "-v:quiet", "-nologo",
    ],
    isOfModule: true);

    private static string FolderOf(string name) => Path.Combine(RepositoryFiles.Root, "artifacts", name);

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static string Publish(string folder, string[] build, bool isOfModule)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        ProcessStartInfo start = new("dotnet", build)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test host's own settings would change how the build behaves.
        foreach (string variable in start.Environment.Keys.Where(IsOfTheTestHost).ToArray())
        {
            start.Environment.Remove(variable);
        }

        // A build process kept for later would outlive the folders of this run.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using ModuleBuild? alone = isOfModule ? ModuleBuild.Enter() : null;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string said = output + errors.GetAwaiter().GetResult();
        return process.ExitCode == 0 && !said.Contains("warning", StringComparison.OrdinalIgnoreCase)
            ? Path.Combine(folder, "sparsesc")
            : throw new InvalidOperationException($"dotnet {build[0]} ended with {process.ExitCode}:\n{said}");
    }

    private static bool IsOfTheTestHost(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
