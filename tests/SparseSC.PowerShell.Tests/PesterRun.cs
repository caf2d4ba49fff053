using System.Diagnostics;
using System.Text.Json;

namespace SparseSC.PowerShell.Tests;

/// <summary>Builds the module, runs all Pester tests once in a real PowerShell and keeps their results.</summary>
public sealed class PesterRun
{
    /// <summary>The tests that need a storage service.</summary>
    public const string AzureTests = "Azure.Tests.ps1";

    private static readonly Lazy<bool> Available = new(() => TryRun("pwsh", ["-NoProfile", "-NonInteractive", "-Command", "Import-Module Pester -MinimumVersion 5.0"], out _) == 0);
    private readonly Dictionary<(string File, int Line), List<(string Result, string Message)>> _results = [];

    /// <summary>Runs everything; the tests only look up their result.</summary>
    public PesterRun()
    {
        if (!IsAvailable)
        {
            return;
        }

        Require("dotnet", "build", Path.Combine(RepositoryFiles.Root, "eng", "Module.proj"), "-v", "quiet", "-nologo", "-p:IncludeWorker=true");
        string file = Path.Combine(Path.GetTempPath(), $"sparsesc-pester-{Guid.NewGuid():N}.json");
        try
        {
            // The exit code says that a test failed; which one did is in the file.
            int exit = TryRun("pwsh", ["-NoProfile", "-NonInteractive", "-File", Path.Combine(TestFolder, "Invoke-Tests.ps1"), "-ResultPath", file], out string output);
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

    /// <summary>Whether a PowerShell with Pester 5 can be started.</summary>
    public static bool IsAvailable => Available.Value;

    /// <summary>The folder of the Pester files.</summary>
    public static string TestFolder { get; } = Path.Combine(RepositoryFiles.Root, "tests", "powershell");

    /// <summary>Results of one <c>It</c>; several when it has test cases.</summary>
    public IReadOnlyList<(string Result, string Message)> Of(string file, int line)
        => _results.TryGetValue((file, line), out List<(string, string)>? results) ? results : [];

    private static void Require(string command, params string[] arguments)
    {
        int exit = TryRun(command, arguments, out string output);
        if (exit != 0)
        {
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with {exit}:\n{output}");
        }
    }

    private static int TryRun(string command, string[] arguments, out string output)
    {
        ProcessStartInfo start = new(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
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

        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            output += errors.GetAwaiter().GetResult();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            output = error.Message;
            return -1;
        }
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
