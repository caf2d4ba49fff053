using System.Diagnostics;

namespace SparseSC.BatchServer.Tests;

/// <summary>A test with a client that nobody here wrote; skipped by its name where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute(string client)
    {
        string? missing = client == "python" ? PythonClient.Missing : NodeClient.Missing;
        if (missing is not null)
        {
            Skip = missing;
        }
    }
}

internal static class PythonClient
{
    public const string Program = "/usr/bin/python3";

    public static string? Missing { get; } = File.Exists(Program) && Commands.Run(Program, null, "-c", "import azure.batch.batch_auth").Code == 0
        ? null
        : "Python's azure.batch is not here (Debian: apt-get install python3-azure).";
}

internal static class NodeClient
{
    private const string Package = "@azure/batch@10.2.0";

    /// <summary>Installed outside the repository, once per user.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetTempPath(), $"sparsesc-tests-{Environment.UserName}", "azure-batch-10.2.0");

    public static string? Missing { get; } = Install()
        ? null
        : $"npm's {Package} cannot be installed here.";

    private static bool Install()
    {
        if (File.Exists(Path.Combine(Folder, "installed")))
        {
            return true;
        }

        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "package.json"), """{"private":true}""");
        bool installed = Commands.Run("npm", Folder, "install", "--no-audit", "--no-fund", Package).Code == 0;
        if (installed)
        {
            File.WriteAllText(Path.Combine(Folder, "installed"), "");
        }

        return installed;
    }
}

internal static class Commands
{

    /// <returns>The exit code, -1 when the program is not there or takes too long, and all it wrote.</returns>
    public static (int Code, string Output) Run(string program, string? folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder ?? "", RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(HangGuard.Limit))
            {
                process.Kill(entireProcessTree: true);
                return (-1, "It took too long.");
            }

            return (process.ExitCode, output.Result + error.Result);
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            return (-1, problem.Message);
        }
    }
}
