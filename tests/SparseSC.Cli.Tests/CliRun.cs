using System.Text;
using System.Text.Json;
using SparseSC.Cli.Hosting;

namespace SparseSC.Cli.Tests;

/// <summary>One command line run in this process, and what it answered.</summary>
public sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>The tests' panel: Californian cigarettes.</summary>
    public static string[] California =>
    [
        "--panel", RepositoryFiles.Sample("california_prop99.csv"), "--unit", "state", "--time", "year", "--outcome", "cigsale",
        "--treated-unit", "California", "--treatment-time", "1989",
    ];

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static CliRun Of(params string[] args) => Of(args, cancelled: false);

    public static CliRun Of(string[] args, bool cancelled, Stream? input = null)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        using CliHost host = new(input ?? Stream.Null, output, error, isErrorTerminal: false);
        if (cancelled)
        {
            host.Cancel();
        }

        int exitCode = CliApplication.Run(args, host);
        return new CliRun(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Fails with what was said unless the exit code is the one expected.</summary>
    public CliRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} instead of {exitCode}:\n{Error}");
        return this;
    }
}
