using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparseSC.Cli.Tests.Native;

/// <summary>The whole command line as one file of native code, published as the documentation says, once for all tests.</summary>
internal static class NativeProgram
{
    private static readonly string[] Linkers = ["clang", "gcc"];
    private static readonly Lazy<string> Published = new(Publish);

    /// <summary>Why there can be none on this machine; <c>null</c> when there can.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? "Native code is made on Linux x64."
        : !Linkers.Any(IsOnPath) ? "Native code needs a linker: clang or gcc."
        : null;

    /// <summary>The executable.</summary>
    public static string Path => Published.Value;

    /// <summary>The folder it is published to, with nothing else in it.</summary>
    public static string Folder { get; } = System.IO.Path.Combine(RepositoryFiles.Root, "artifacts", "native");

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(System.IO.Path.Combine(folder, program)));

    private static string Publish()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        // Its own folder of intermediate files: other tests build the same project for other ends at the same time.
        ProcessStartInfo start = new("dotnet",
        [
            "publish", System.IO.Path.Combine(RepositoryFiles.Root, "src", "SparseSC.Cli"), "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true",
            "-o", Folder, "--artifacts-path", System.IO.Path.Combine(RepositoryFiles.Root, "artifacts", "native-build"), "-v", "quiet", "-nologo",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test host's own settings would change how the build behaves.
        foreach (string name in start.Environment.Keys.Where(IsOfTheTestHost).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process build = Process.Start(start)!;
        Task<string> errors = build.StandardError.ReadToEndAsync();
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        string said = output + errors.GetAwaiter().GetResult();
        return build.ExitCode == 0 && !said.Contains("warning", StringComparison.OrdinalIgnoreCase)
            ? System.IO.Path.Combine(Folder, "sparsesc")
            : throw new InvalidOperationException($"The publish ended with {build.ExitCode}:\n{said}");
    }

    private static bool IsOfTheTestHost(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
