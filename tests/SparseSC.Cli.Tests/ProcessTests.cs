using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SparseSC.Cli.Tests;

/// <summary>The executable itself: streams, exit codes and signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task StreamsAndExitCodesAreThoseOfTheContract()
    {
        using Process fit = Start(["fit", .. CliRun.California, "--v-pen", "1", "--w-pen", "1000"]);
        Task<string> output = fit.StandardOutput.ReadToEndAsync();
        Task<string> error = fit.StandardError.ReadToEndAsync();
        await WaitForExit(fit, await error);
        Assert.Equal(0, fit.ExitCode);
        Assert.StartsWith("{\"format\":\"sparsesc-fit\",\"version\":1,\"modelType\":\"retrospective\"", await output, StringComparison.Ordinal);
        Assert.Contains("gap = observed − synthetic", await error, StringComparison.Ordinal);

        using Process bad = Start(["fit", "--features", "none.csv", "--targets", "none.csv"]);
        await WaitForExit(bad, await bad.StandardError.ReadToEndAsync());
        Assert.Equal(2, bad.ExitCode);
    }

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task SignalsCancelCleanly(string signal)
    {
        string output = _folder.Path("fit.json");
        using Process fit = StartListening(["fit", .. LongFit(), "--output", output]);

        // The first progress line says that the search is under way.
        string? line = await fit.StandardError.ReadLineAsync().WaitAsync(HangGuard.Limit);
        Assert.NotNull(line);
        using (Process kill = Process.Start("kill", ["-s", signal, fit.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        string rest = await fit.StandardError.ReadToEndAsync().WaitAsync(HangGuard.Limit);
        await WaitForExit(fit, rest);
        Assert.Equal(3, fit.ExitCode);
        Assert.Contains("sparsesc fit: cancelled.", rest, StringComparison.Ordinal);
        Assert.Equal(["X.csv", "Y.csv"], Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order());
    }

    public void Dispose() => _folder.Dispose();

    internal static Process Start(string[] args) => Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "sparsesc.dll"), .. args]);

    // Where the tests run in the background of a shell, SIGINT is ignored by them and by all that they start.
    private static Process StartListening(string[] args) =>
        Start("perl", ["-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV", "dotnet", Path.Combine(AppContext.BaseDirectory, "sparsesc.dll"), .. args]);

    private static Process Start(string program, string[] args)
    {
        ProcessStartInfo start = new(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        return Process.Start(start)!;
    }

    internal static async Task WaitForExit(Process process, string said)
    {
        using CancellationTokenSource patience = new(HangGuard.Limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"The process did not end. It said:\n{said}");
        }
    }

    // Noise without structure, so that no search ends early: minutes of work.
    private string[] LongFit()
    {
        Random random = new(11);
        string Matrix(int rows, int columns) => string.Concat(Enumerable.Range(0, rows).Select(_ =>
            string.Join(',', Enumerable.Range(0, columns).Select(_ => random.NextDouble().ToString("R", CultureInfo.InvariantCulture))) + "\n"));
        return
        [
            "--features", _folder.Write("X.csv", Matrix(600, 200)), "--targets", _folder.Write("Y.csv", Matrix(600, 40)), "--treated", "0",
            "--stopping-rule", "100", "--tol", "1e-12",
        ];
    }
}
