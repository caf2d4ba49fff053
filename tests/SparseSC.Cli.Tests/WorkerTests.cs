using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary>`sparsesc run` as a process of its own: killed, left by its parent, shared.</summary>
public sealed class WorkerTests : IDisposable
{
    // Penalties for more tasks than any machine computes while a test looks on.
    private const int Endless = 4000;

    private readonly TempFolder _folder = new();

    private string Batch => _folder.Path("batch");

    [Fact]
    public async Task KilledInTheMiddleNothingIsLostAndTheRestRuns()
    {
        string results = LongPlan(Endless);
        using Process run = ProcessTests.Start(["run", "--batch-directory", Batch, "--parallel", "1"]);
        await UntilResults(results, 2, run);
        run.Kill();
        await ProcessTests.WaitForExit(run, "");

        JsonElement status = CliRun.Of("status", "--batch-directory", Batch).Expect(0).Json;
        Assert.InRange(status.GetProperty("done").GetArrayLength(), 2, (5 * Endless) - 1);
        Assert.Empty(status.GetProperty("invalid").EnumerateArray());
        Dictionary<string, DateTime> before = Directory.GetFiles(results, "*.json").ToDictionary(file => file, File.GetLastWriteTimeUtc);
        using Process again = ProcessTests.Start(["run", "--batch-directory", Batch, "--parallel", "1"]);
        await UntilResults(results, before.Count + 5, again);
        again.Kill();
        await ProcessTests.WaitForExit(again, "");
        Assert.All(before, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public async Task EndsWithItsParentWhenAskedTo()
    {
        string results = LongPlan(Endless);
        using Process run = ProcessTests.Start(["run", "--batch-directory", Batch, "--parallel", "1", "--exit-with-parent"]);
        await UntilResults(results, 1, run);
        run.StandardInput.Close();
        string said = await run.StandardError.ReadToEndAsync().WaitAsync(HangGuard.Limit);
        await ProcessTests.WaitForExit(run, said);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("sparsesc run: cancelled.", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(results, "*.tmp"));
    }

    [Fact]
    public async Task TwoProcessesShareOneDirectory()
    {
        LongPlan();
        using Process first = ProcessTests.Start(["run", "--batch-directory", Batch, "--parallel", "1"]);
        using Process second = ProcessTests.Start(["run", "--batch-directory", Batch, "--parallel", "1"]);
        foreach (Process process in new[] { first, second })
        {
            string said = await process.StandardError.ReadToEndAsync().WaitAsync(HangGuard.Limit);
            await ProcessTests.WaitForExit(process, said);
            Assert.True(process.ExitCode == 0, said);
        }

        Assert.True(CliRun.Of("status", "--batch-directory", Batch).Expect(0).Json.GetProperty("complete").GetBoolean());
    }

    public void Dispose() => _folder.Dispose();

    private static Task UntilResults(string results, int count, Process run) => HangGuard.UntilAsync(() =>
    {
        Assert.False(run.HasExited, "The process ended before it could be disturbed.");
        return Task.FromResult(Directory.Exists(results) && Directory.GetFiles(results, "*.json").Length >= count);
    });

    // Five tasks of noise for each penalty of two stages.
    private string LongPlan(int gridLength = 12)
    {
        Random random = new(5);
        string Matrix(int rows, int columns) => string.Concat(Enumerable.Range(0, rows).Select(_ =>
            string.Join(',', Enumerable.Range(0, columns).Select(_ => random.NextDouble().ToString("R", CultureInfo.InvariantCulture))) + "\n"));
        JsonElement plan = CliRun.Of(
            "plan", "--batch-directory", Batch, "--features", _folder.Write("X.csv", Matrix(150, 60)), "--targets", _folder.Write("Y.csv", Matrix(150, 10)),
            "--treated", "0", "--grid-length", gridLength.ToString(CultureInfo.InvariantCulture), "--cv-folds", "5").Expect(0).Json;
        Assert.Equal((2 * 5 * gridLength) + 1, plan.GetProperty("tasks").GetInt32());
        return plan.GetProperty("resultsDirectory").GetString()!;
    }
}
