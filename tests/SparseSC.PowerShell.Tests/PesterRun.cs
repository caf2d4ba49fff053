using System.Diagnostics;
using System.Text.Json;

namespace SparseSC.PowerShell.Tests;

/// <summary>Builds the module, runs all Pester tests once in a real PowerShell and keeps their results.</summary>
public sealed class PesterRun
{
    /// <summary>The tests that need a storage service.</summary>
    public const string AzureTests = "Azure.Tests.ps1";

    private readonly Dictionary<(string File, int Line), List<(string Result, string Message)>> _results = [];

    /// <summary>Runs everything; the tests only look up their result.</summary>
    public PesterRun()
    {
        Require("tool", "restore");
        using (ModuleBuild.Enter())
        {
            Require("build", Path.Combine("eng", "Module.proj"), "-v", "quiet", "-nologo", "-t:Package");
        }

        string file = Path.Combine(Path.GetTempPath(), $"sparsesc-pester-{Guid.NewGuid():N}.json");
        try
        {
            // The exit code says that a test failed; which one did is in the file.
            int exit = Run(
                [
                    "pwsh", "-NoProfile", "-NonInteractive", "-File", Path.Combine(TestFolder, "Invoke-Tests.ps1"),
                    "-Files", AppContext.BaseDirectory, "-ResultPath", file,
                ],
                out string output);
            if (!File.Exists(file))
            {
                throw new InvalidOperationException($"The PowerShell tests did not run (exit code {exit}):\n{output}");
            }

            Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The folder of the Pester files.</summary>
    public static string TestFolder { get; } = Path.Combine(RepositoryFiles.Root, "tests", "powershell");

    /// <summary>Results of one <c>It</c>; several when it has test cases.</summary>
    public IReadOnlyList<(string Result, string Message)> Of(string file, int line)
        => _results.TryGetValue((file, line), out List<(string, string)>? results) ? results : [];

    private static void Require(params string[] arguments)
    {
        int exit = Run(arguments, out string output);
        if (exit != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {exit}:\n{output}");
        }
    }

    // The SDK's own program: PowerShell is the tool that .config/dotnet-tools.json pins, whatever else is on the machine.
    private static int Run(string[] arguments, out string output)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["NO_COLOR"] = "1";
        if (AzuriteInstall.Missing is null)
        {
            start.Environment["SPARSESC_AZURITE"] = AzuriteInstall.Program;
        }

        // The test host's own settings would change how the build and its children behave.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // A build process kept for later would keep our output open, and the end of it is waited for.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        output += errors.GetAwaiter().GetResult();
        return process.ExitCode;
    }

    private void Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (JsonElement test in document.RootElement.EnumerateArray())
        {
            (string, int) key = (test.GetProperty("File").GetString()!, test.GetProperty("Line").GetInt32());
            if (!_results.TryGetValue(key, out List<(string Result, string Message)>? results))
            {
                results = [];
                _results.Add(key, results);
            }

            results.Add((test.GetProperty("Result").GetString()!, test.GetProperty("Message").GetString() ?? string.Empty));
        }
    }
}
