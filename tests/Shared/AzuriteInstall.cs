using System.Diagnostics;

namespace SparseSC.Tests;

/// <summary>Finds Azurite, Microsoft's emulator of Azure Storage, or has npm install it into the repository's <c>artifacts</c> folder.</summary>
internal static class AzuriteInstall
{
    private const string Package = "azurite@3.37.0";
    private static readonly Lazy<(string? Program, string? Missing)> Found = new(Find);

    /// <summary>The script that node runs.</summary>
    public static string Program => Found.Value.Program ?? throw new InvalidOperationException(Found.Value.Missing);

    /// <summary>Why there is none; <c>null</c> when there is one.</summary>
    public static string? Missing => Found.Value.Missing;

    private static (string? Program, string? Missing) Find()
    {
        if (!Runs("node", "--version"))
        {
            return (null, "Node is not here, so Azurite cannot run.");
        }

        if (Environment.GetEnvironmentVariable("SPARSESC_AZURITE") is { Length: > 0 } given)
        {
            return File.Exists(given) ? (given, null) : (null, $"SPARSESC_AZURITE names '{given}', which does not exist.");
        }

        string folder = Path.Combine(RepositoryFiles.Root, "artifacts", "tools", "azurite");
        string program = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        Directory.CreateDirectory(folder);
        using FileStream turn = WaitForTurn(folder + ".lock");
        return File.Exists(program) || (Runs(Npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, Package) && File.Exists(program))
            ? (program, null)
            : (null, $"npm's {Package} cannot be installed here.");
    }

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    // Test projects run at the same time, and npm does not look out for another npm.
    private static FileStream WaitForTurn(string path)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < HangGuard.Limit)
            {
                Thread.Sleep(200);
            }
        }
    }

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(HangGuard.Limit))
            {
                process.Kill(entireProcessTree: true);
                return false;
            }

            Task.WaitAll(output, error);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
