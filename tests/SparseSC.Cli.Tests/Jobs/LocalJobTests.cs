using System.Diagnostics;
using System.Text.Json;

namespace SparseSC.Cli.Tests.Jobs;

/// <summary>The verbs of jobs with workers on this machine: real processes, real plans.</summary>
public sealed class LocalJobTests : IDisposable
{
    private static readonly string[] Small = [.. CliRun.California, "--grid-length", "3", "--cv-folds", "3"];

    private readonly TempFolder _folder = new();

    private string Batch => _folder.Path("batch");

    private string Config => _folder.Write("config.json", """{ "backend": "Local", "maxParallel": 2, "jobDirectory": "jobs" }""");

    [Fact]
    public async Task JobsSurviveTheirCallersAndEndInTheFitToTheLastBit()
    {
        Plan([.. CliRun.California, "--grid-length", "12"]);
        string job;
        using (Process submit = ProcessTests.Start(["submit", "--config", Config, "--batch-directory", Batch]))
        {
            string said = await submit.StandardOutput.ReadToEndAsync().WaitAsync(HangGuard.Limit);
            await ProcessTests.WaitForExit(submit, said);
            Assert.Equal(0, submit.ExitCode);
            job = JsonDocument.Parse(said).RootElement.GetProperty("id").GetString()!;
        }

        using (Process waiting = ProcessTests.Start(["wait", "--config", Config, "--job-id", job]))
        {
            waiting.Kill();
            await ProcessTests.WaitForExit(waiting, "");
        }

        JsonElement found = Assert.Single(CliRun.Of("jobs", "--config", Config).Expect(0).Json.GetProperty("jobs").EnumerateArray());
        Assert.Equal((job, 241), (found.GetProperty("id").GetString(), found.GetProperty("tasks").GetInt32()));
        JsonElement waited = CliRun.Of("wait", "--config", Config, "--job-id", job, "--polling-interval", "0.1").Expect(0).Json;
        Assert.Equal(("completed", 241, 0), (waited.GetProperty("state").GetString(), waited.GetProperty("done").GetInt32(), waited.GetProperty("left").GetInt32()));

        string elsewhere = CopyOfThePlan();
        JsonElement received = CliRun.Of("receive", "--config", Config, "--job-id", job, "--batch-directory", elsewhere).Expect(0).Json;
        Assert.True(received.GetProperty("complete").GetBoolean());
        Assert.Equal(elsewhere, received.GetProperty("batchDirectory").GetString());
        CliRun merged = CliRun.Of("merge", "--batch-directory", elsewhere, "--quiet").Expect(0);
        CliRun fitted = CliRun.Of(["fit", .. CliRun.California, "--grid-length", "12", "--quiet"]).Expect(0);
        PlanTests.AssertSameModel(fitted.Json, merged.Json);
    }

    [Fact]
    public void JobsAreFoundByTheirPlanAndStartedOnce()
    {
        Plan(Small);
        CliRun first = CliRun.Of("submit", "--config", Config, "--batch-directory", Batch, "--job-id", "mine").Expect(0);
        Assert.Equal(("started", "mine"), (first.Json.GetProperty("outcome").GetString(), first.Json.GetProperty("id").GetString()));
        Assert.Contains("sparsesc submit: job mine was submitted. It is ", first.Error, StringComparison.Ordinal);

        Assert.Equal("mine", CliRun.Of("wait", "--config", Config, "--batch-directory", Batch).Expect(0).Json.GetProperty("id").GetString());
        Assert.Equal("mine", CliRun.Of("wait", "--config", Config, "--batch-directory", CopyOfThePlan()).Expect(0).Json.GetProperty("id").GetString());
        CliRun again = CliRun.Of("submit", "--config", Config, "--batch-directory", Batch, "--quiet").Expect(0);
        Assert.Equal(("nothingLeft", ""), (again.Json.GetProperty("outcome").GetString(), again.Error));
        JsonElement tasks = CliRun.Of("tasks", "--config", Config, "--batch-directory", Batch).Expect(0).Json;
        Assert.Equal(19, tasks.GetProperty("tasks").GetArrayLength());
        Assert.Empty(CliRun.Of("tasks", "--config", Config, "--job-id", "mine", "--state", "failed").Expect(0).Json.GetProperty("tasks").EnumerateArray());
    }

    [Fact]
    public void FailedTasksAreNamedAfterEverythingElseIsDone()
    {
        Plan([.. Small, "--max-iter", "1", "--min-iter", "0", "--tol", "1e-12", "--grid-max", "1e-3"]);
        CliRun.Of("submit", "--config", Config, "--batch-directory", Batch).Expect(0);
        CliRun waited = CliRun.Of("wait", "--config", Config, "--batch-directory", Batch).Expect(1);
        int failed = waited.Json.GetProperty("failed").GetInt32();
        Assert.Equal("failed", waited.Json.GetProperty("state").GetString());
        Assert.InRange(failed, 1, 9);
        Assert.Contains($"{failed} failed.", waited.Error, StringComparison.Ordinal);

        CliRun received = CliRun.Of("receive", "--config", Config, "--batch-directory", Batch).Expect(1);
        Assert.Equal(failed, received.Json.GetProperty("failed").GetArrayLength());
        Assert.Equal(9 - failed, received.Json.GetProperty("done").GetInt32());
        Assert.Contains("'sparsesc submit' computes only what is missing.", received.Error, StringComparison.Ordinal);

        JsonElement task = CliRun.Of("tasks", "--config", Config, "--batch-directory", Batch, "--state", "failed").Expect(0).Json.GetProperty("tasks")[0];
        Assert.NotEqual("", task.GetProperty("diagnosis").GetString());
        JsonElement logs = CliRun.Of("logs", "--config", Config, "--batch-directory", Batch, "--task-id", task.GetProperty("id").GetString()!).Expect(0).Json;
        Assert.NotEqual("", Assert.Single(logs.GetProperty("runs").EnumerateArray()).GetProperty("standardError").GetString());

        CliRun.Of("restart", "--config", Config, "--batch-directory", Batch, "--task-id", task.GetProperty("id").GetString()!).Expect(0);
        Assert.Equal(failed, CliRun.Of("wait", "--config", Config, "--batch-directory", Batch).Expect(1).Json.GetProperty("failed").GetInt32());
    }

    [Fact]
    public void RunningJobsAreWaitedForNoLongerThanAskedAndStopWhenTold()
    {
        LongPlan();
        CliRun.Of("submit", "--config", Config, "--batch-directory", Batch).Expect(0);
        CliRun waited = CliRun.Of("wait", "--config", Config, "--batch-directory", Batch, "--timeout", "0.2").Expect(1);
        Assert.Equal("running", waited.Json.GetProperty("state").GetString());
        Assert.Contains("is still running", waited.Error, StringComparison.Ordinal);
        CliRun received = CliRun.Of("receive", "--config", Config, "--batch-directory", Batch).Expect(0);
        Assert.False(received.Json.GetProperty("complete").GetBoolean());
        Assert.Contains("The job is still running.", received.Error, StringComparison.Ordinal);
        Assert.StartsWith("sparsesc remove: Job '", CliRun.Of("remove", "--config", Config, "--batch-directory", Batch).Expect(1).Error, StringComparison.Ordinal);

        Assert.Equal("stopped", CliRun.Of("stop", "--config", Config, "--batch-directory", Batch).Expect(0).Json.GetProperty("state").GetString());
        Assert.Contains("computes only what is missing", CliRun.Of("receive", "--config", Config, "--batch-directory", Batch).Expect(1).Error, StringComparison.Ordinal);
        JsonElement removed = CliRun.Of("remove", "--config", Config, "--batch-directory", Batch, "--remove-batch-directory").Expect(0).Json;
        Assert.True(removed.GetProperty("job").GetBoolean() && removed.GetProperty("batchDirectory").GetBoolean());
        Assert.Empty(CliRun.Of("jobs", "--config", Config).Expect(0).Json.GetProperty("jobs").EnumerateArray());
        Assert.False(File.Exists(Path.Combine(Batch, "plan.json")));
    }

    [UnixFact]
    public async Task AWaitThatIsCutOffLeavesTheJobRunning()
    {
        LongPlan();
        string job = CliRun.Of("submit", "--config", Config, "--batch-directory", Batch).Expect(0).Json.GetProperty("id").GetString()!;
        using Process waiting = ProcessTests.Start(["wait", "--config", Config, "--job-id", job]);

        // The first progress line says that it is waiting.
        string? line = await waiting.StandardError.ReadLineAsync().WaitAsync(HangGuard.Limit);
        Assert.Matches($"^{job}  [0-9]+ of 10001 done, [0-9]+ running", line);
        using (Process kill = Process.Start("kill", ["-s", "TERM", waiting.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        string rest = await waiting.StandardError.ReadToEndAsync().WaitAsync(HangGuard.Limit);
        await ProcessTests.WaitForExit(waiting, rest);
        Assert.Equal(3, waiting.ExitCode);
        Assert.Contains("sparsesc wait: cancelled.", rest, StringComparison.Ordinal);
        Assert.Equal("running", CliRun.Of("jobs", "--config", Config, "--job-id", job).Expect(0).Json.GetProperty("jobs")[0].GetProperty("state").GetString());
    }

    [Fact]
    public void ConfigurationsAreCheckedByLooking()
    {
        JsonElement findings = CliRun.Of("check", "--config", Config).Expect(0).Json.GetProperty("findings");
        Assert.All(findings.EnumerateArray(), finding => Assert.Equal("ok", finding.GetProperty("severity").GetString()));
        string broken = _folder.Write("broken.json", """{ "backend": "Local", "workerPath": "none" }""");
        CliRun run = CliRun.Of("check", "--config", broken).Expect(1);
        Assert.Contains("Worker: error. workerPath '", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (JsonElement job in CliRun.Of("jobs", "--config", Config).Json.GetProperty("jobs").EnumerateArray())
        {
            CliRun.Of("stop", "--config", Config, "--job-id", job.GetProperty("id").GetString()!, "--quiet");
        }

        _folder.Dispose();
    }

    private void Plan(string[] options) => CliRun.Of(["plan", "--batch-directory", Batch, "--quiet", .. options]).Expect(0);

    private string CopyOfThePlan()
    {
        string folder = _folder.Path("elsewhere");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Batch))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        return folder;
    }

    // Noise without structure, so that no search ends early: more work than any machine does while a test looks on.
    private void LongPlan()
    {
        Random random = new(3);
        string Matrix(int rows, int columns) => string.Concat(Enumerable.Range(0, rows).Select(_ =>
            string.Join(',', Enumerable.Range(0, columns).Select(_ => random.NextDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture))) + "\n"));
        Plan(
        [
            "--features", _folder.Write("X.csv", Matrix(300, 100)), "--targets", _folder.Write("Y.csv", Matrix(300, 20)), "--treated", "0", "--tol", "1e-12", "--grid-length", "500",
        ]);
    }
}
