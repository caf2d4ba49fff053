using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SparseSC.BatchServer;
using SparseSC.Tests;

namespace SparseSC.Cli.Tests.Jobs;

/// <summary>The verbs of jobs against the test server and Azurite: processes with keys in their environment, and tasks that really run.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class AzureJobTests(AzuriteFixture azurite) : IAsyncLifetime, IDisposable
{
    private static readonly string[] Small = [.. CliRun.California, "--grid-length", "4", "--cv-folds", "4"];

    private readonly TempFolder _folder = new();
    private readonly StringBuilder _said = new();
    private BatchHost? _server;
    private string _config = "";

    private string Batch => _folder.Path("batch");

    public async Task InitializeAsync()
    {
        if (AzuriteInstall.Missing is not null || OperatingSystem.IsWindows())
        {
            return;
        }

        _server = await BatchHost.StartAsync(ServerOptions.Loopback());
        string worker = _folder.Write("worker.sh", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "sparsesc.dll")}' \"$@\"\n");
        _config = _folder.Write("azure.json", $$"""
            {
              "backend": "Azure",
              "batchAccountName": "{{_server.Account}}", "batchAccountEndpoint": "{{_server.Url}}",
              "storageAccountName": "{{AzuriteServer.Account}}", "storageEndpoint": "{{azurite.Server.Endpoint}}",
              "containerName": "t{{Guid.NewGuid():N}}",
              "poolId": "fits", "dedicatedNodeCount": 2, "taskSlotsPerNode": 2, "workerPath": "{{Path.GetFileName(worker)}}"
            }
            """);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    [AzuriteFact(NeedsUnix = true)]
    public async Task JobsSurviveTheirCallersAndEndInTheFitToTheLastBit()
    {
        CliRun.Of(["plan", "--batch-directory", Batch, .. Small, "--quiet"]).Expect(0);
        JsonElement started = await DoneAsync("submit", "--config", _config, "--batch-directory", Batch, "--task-group-size", "3");
        string job = started.GetProperty("id").GetString()!;
        Assert.Equal(("started", 33, "fits"), (started.GetProperty("outcome").GetString(), started.GetProperty("tasks").GetInt32(), started.GetProperty("poolId").GetString()));

        using (Process waiting = Start("wait", "--config", _config, "--job-id", job))
        {
            waiting.Kill();
            await ProcessTests.WaitForExit(waiting, "");
        }

        // Another machine knows the job's id and has the configuration, and nothing else.
        Directory.Move(Batch, _folder.Path("lost"));
        JsonElement waited = await DoneAsync("wait", "--config", _config, "--job-id", job, "--polling-interval", "0.2");
        Assert.Equal(("completed", 33), (waited.GetProperty("state").GetString(), waited.GetProperty("done").GetInt32()));
        string received = _folder.Path("received");
        JsonElement results = await DoneAsync("receive", "--config", _config, "--job-id", job, "--batch-directory", received);
        Assert.True(results.GetProperty("complete").GetBoolean());

        CliRun merged = CliRun.Of("merge", "--batch-directory", received, "--quiet").Expect(0);
        CliRun fitted = CliRun.Of(["fit", .. Small, "--quiet"]).Expect(0);
        PlanTests.AssertSameModel(fitted.Json, merged.Json);

        JsonElement tasks = await DoneAsync("tasks", "--config", _config, "--batch-directory", received, "--state", "completed");
        Assert.Equal(13, tasks.GetProperty("tasks").GetArrayLength());
        await DoneAsync("logs", "--config", _config, "--job-id", job, "--task-id", tasks.GetProperty("tasks")[0].GetProperty("id").GetString()!);
        Assert.Equal(job, (await DoneAsync("jobs", "--config", _config)).GetProperty("jobs")[0].GetProperty("id").GetString());
        await DoneAsync("check", "--config", _config);
        await DoneAsync("remove", "--config", _config, "--job-id", job, "--batch-directory", received, "--remove-container", "--remove-pool");
        Assert.Empty((await DoneAsync("jobs", "--config", _config)).GetProperty("jobs").EnumerateArray());
        AssertNothingSecretWasSaid();
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task FailedTasksAreNamedAfterEverythingElseIsDone()
    {
        CliRun.Of(["plan", "--batch-directory", Batch, .. Small, "--quiet", "--max-iter", "1", "--min-iter", "0", "--tol", "1e-12", "--grid-max", "1e-3"]).Expect(0);
        await DoneAsync("submit", "--config", _config, "--batch-directory", Batch, "--task-group-size", "8");
        CliRun waited = await RunAsync("wait", "--config", _config, "--batch-directory", Batch, "--polling-interval", "0.2");
        Assert.True(waited.ExitCode == 1, waited.Error);
        Assert.InRange(waited.Json.GetProperty("failed").GetInt32(), 1, 33);

        CliRun received = await RunAsync("receive", "--config", _config, "--batch-directory", Batch);
        Assert.True(received.ExitCode == 1, received.Error);
        Assert.NotEmpty(received.Json.GetProperty("failed").EnumerateArray());
        Assert.Contains("'sparsesc submit' computes only what is missing.", received.Error, StringComparison.Ordinal);
        JsonElement failed = await DoneAsync("tasks", "--config", _config, "--batch-directory", Batch, "--state", "failed");
        Assert.All(failed.GetProperty("tasks").EnumerateArray(), task => Assert.NotEqual("", task.GetProperty("diagnosis").GetString()));
        AssertNothingSecretWasSaid();
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task ThereIsNoJobWithoutAWorker()
    {
        CliRun.Of(["plan", "--batch-directory", Batch, .. Small, "--quiet"]).Expect(0);
        File.Delete(_folder.Path("worker.sh"));
        CliRun run = await RunAsync("submit", "--config", _config, "--batch-directory", Batch);
        Assert.True(run.ExitCode == 2, run.Error);
        Assert.Contains($"workerPath '{_folder.Path("worker.sh")}' does not exist.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_server!.Requests.Lines, line => line.StartsWith("POST", StringComparison.Ordinal));
    }

    private async Task<JsonElement> DoneAsync(params string[] arguments)
    {
        CliRun run = await RunAsync(arguments);
        return run.Expect(0).Json;
    }

    private async Task<CliRun> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(HangGuard.Limit);
        CliRun run = new(process.ExitCode, await output, await error);
        _said.AppendLine(run.Output).AppendLine(run.Error);
        return run;
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "sparsesc.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            Environment = { ["BATCH_ACCOUNT_KEY"] = $"\"{_server!.Key}\"", ["STORAGE_ACCOUNT_KEY"] = azurite.Server.Key },
        };
        return Process.Start(start)!;
    }

    private void AssertNothingSecretWasSaid()
    {
        string said = _said.ToString();
        Assert.All([_server!.Key!, azurite.Server.Key, "sig="], secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
        Assert.All(
            Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("sig=", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
