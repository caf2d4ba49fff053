using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SparseSC.Infra.Tests;

/// <summary>What the compiler answered.</summary>
internal sealed record BicepRun(int ExitCode, string Output, string Error);

/// <summary>The Bicep compiler, from its package.</summary>
internal static partial class Bicep
{
    public static string? Missing { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? null
        : "The Bicep compiler's package is for Linux x64.";

    public static string Infra { get; } = Path.Combine(RepositoryFiles.Root, "infra");

    public static BicepRun Run(params string[] arguments)
    {
        string compiler = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == "Bicep").Value!;
        ProcessStartInfo start = new(compiler, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new BicepRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Bicep blocks of a page.</summary>
    public static IReadOnlyList<string> Blocks(string page) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", page))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^```bicep\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
