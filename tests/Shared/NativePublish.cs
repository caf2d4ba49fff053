using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparseSC.Tests;

/// <summary>The command line as one file of native code, published as the documentation says, once for all tests of a project.</summary>
/// <param name="name">The folder under artifacts that it is published to.</param>
/// <param name="properties">Properties of the build, in the form <c>-p:Name=value</c>.</param>
internal sealed class NativePublish(string name, params string[] properties)
{
    private static readonly string[] Linkers = ["clang", "gcc"];
    private readonly Lazy<string> _published = new(() => Publish(name, properties));

    /// <summary>Why there can be none on this machine; <c>null</c> when there can.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64 ? "Native code is made on Linux x64."
        : !Linkers.Any(IsOnPath) ? "Native code needs a linker: clang or gcc."
        : null;

    /// <summary>The executable.</summary>
    public string Program => _published.Value;

    /// <summary>The folder it is published to, with nothing else in it.</summary>
    public string Folder { get; } = FolderOf(name);

    private static string FolderOf(string name) => Path.Combine(RepositoryFiles.Root, "artifacts", name);

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static string Publish(string name, string[] properties)
    {
        string folder = FolderOf(name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        // Its own folder of intermediate files: other tests build the same project for other ends at the same time.
        ProcessStartInfo start = new("dotnet",
        [
            "publish", Path.Combine(RepositoryFiles.Root, "src", "SparseSC.Cli"), "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true", .. properties,
            "-o", folder, "--artifacts-path", FolderOf($"{name}-build"), "-v", "quiet", "-nologo",
        ])
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
        using Process build = Process.Start(start)!;
        Task<string> errors = build.StandardError.ReadToEndAsync();
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        string said = output + errors.GetAwaiter().GetResult();
        return build.ExitCode == 0 && !said.Contains("warning", StringComparison.OrdinalIgnoreCase)
            ? Path.Combine(folder, "sparsesc")
            : throw new InvalidOperationException($"The publish ended with {build.ExitCode}:\n{said}");
    }

    private static bool IsOfTheTestHost(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
