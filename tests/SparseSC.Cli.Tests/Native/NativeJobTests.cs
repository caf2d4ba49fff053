using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using SparseSC.BatchServer;

namespace SparseSC.Cli.Tests.Native;

/// <summary>Every verb of jobs as native code, here and against the test server and Azurite; and the same bits as the managed program.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class NativeJobTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly string[] Small = [.. CliRun.California, "--grid-length", "4", "--cv-folds", "4"];

    private readonly TempFolder _folder = new();

    private string Batch => _folder.Path("batch");

    [NativeFact]
    public void ItIsOneFile() => Assert.Equal([NativeProgram.Path], Directory.GetFileSystemEntries(Path.GetDirectoryName(NativeProgram.Path)!));

    [NativeFact]
    public async Task ResultsEqualThoseOfTheManagedProgramToTheLastBit()
    {
        await DoneAsync([], ["plan", "--batch-directory", Batch, .. Small, "--quiet"]);
        string managed = _folder.Path("managed");
        CliRun.Of(["plan", "--batch-directory", managed, .. Small, "--quiet"]).Expect(0);

        await DoneAsync([], "run", "--batch-directory", Batch, "--quiet");
        CliRun.Of(["run", "--batch-directory", managed, "--quiet"]).Expect(0);

        Assert.Equal(HashesOf(managed), HashesOf(Batch));
        Assert.Equal(33, HashesOf(Batch).Count);
        PlanTests.AssertSameModel(
            CliRun.Of("merge", "--batch-directory", managed, "--quiet").Expect(0).Json,
            await DoneAsync([], "merge", "--batch-directory", Batch, "--quiet"));
    }

    [NativeFact]
    public async Task PicturesEqualThoseOfTheManagedProgramToTheLastByte()
    {
        (string effect, string native, string managed) = (_folder.Path("effect.json"), _folder.Path("native.svg"), _folder.Path("managed.svg"));
        CliRun.Of(["effects", .. CliRun.California, "--output", effect, "--quiet"]).Expect(0);

        (await RunAsync([], "plot", "--kind", "outcomes", "--input", effect, "--output", native)).Expect(0);
        CliRun.Of("plot", "--kind", "outcomes", "--input", effect, "--output", managed).Expect(0);

        Assert.Equal(await File.ReadAllTextAsync(managed), await File.ReadAllTextAsync(native));
    }

    [NativeFact]
    public async Task ReportsEqualThoseOfTheManagedProgram()
    {
        (string effect, string page) = (_folder.Path("effect.json"), _folder.Path("page.html"));
        CliRun.Of(["effects", .. CliRun.California, "--output", effect, "--quiet"]).Expect(0);

        (await RunAsync([], "report", "--input", effect, "--output", page)).Expect(0);
        string native = await File.ReadAllTextAsync(page);
        CliRun.Of("report", "--input", effect, "--output", page).Expect(0);

        Assert.Equal(await File.ReadAllTextAsync(page), native);
    }

    [NativeFact]
    public async Task LocalJobsRunItselfAsTheirWorker()
    {
        string config = _folder.Write("local.json", JsonSerializer.Serialize(new { backend = "Local", jobDirectory = _folder.Path("jobs"), maxParallel = 2 }));
        await DoneAsync([], ["plan", "--batch-directory", Batch, .. Small, "--quiet"]);

        await RunJobAsync(config, []);
    }

    [NativeFact(NeedsAzurite = true)]
    public async Task AzureJobsRunItselfAsTheirWorker()
    {
        await using BatchHost server = await BatchHost.StartAsync(ServerOptions.Loopback());
        string config = AzureConfig(server, slots: 2);
        (string, string)[] keys = KeysOf(server);
        await DoneAsync([], ["plan", "--batch-directory", Batch, .. Small, "--quiet"]);

        await RunJobAsync(config, keys, "--task-group-size", "3");

        await DoneAsync(keys, "remove", "--config", config, "--batch-directory", Batch, "--remove-container", "--remove-pool");
        Assert.Empty((await DoneAsync(keys, "jobs", "--config", config)).GetProperty("jobs").EnumerateArray());
    }

    [NativeFact(NeedsAzurite = true)]
    public async Task TwoHundredSeparateTasksShareTheWorkerOfTheirNode()
    {
        string work = Directory.CreateDirectory(_folder.Path("nodes")).FullName;
        await using BatchHost server = await BatchHost.StartAsync(ServerOptions.Loopback() with { WorkRoot = work });
        string config = AzureConfig(server, slots: 4);
        (string, string)[] keys = KeysOf(server);
        await DoneAsync([], ["plan", "--batch-directory", Batch, .. CliRun.California, "--grid-length", "20", "--stopping-rule", "1", "--quiet"]);

        await DoneAsync(keys, "submit", "--config", config, "--batch-directory", Batch, "--task-group-size", "1");
        JsonElement waited = await DoneAsync(keys, "wait", "--config", config, "--batch-directory", Batch, "--polling-interval", "1");

        Assert.Equal(("completed", 200), (waited.GetProperty("state").GetString(), waited.GetProperty("done").GetInt32()));
        Assert.Equal(200, Directory.GetDirectories(work, "group-*", SearchOption.AllDirectories).Length);
        Assert.Equal(2, Directory.GetFiles(work, "sparsesc", SearchOption.AllDirectories).Length);
    }

    public void Dispose() => _folder.Dispose();

    private string AzureConfig(BatchHost server, int slots) => _folder.Write("azure.json", JsonSerializer.Serialize(new
    {
        backend = "Azure",
        batchAccountName = server.Account,
        batchAccountEndpoint = server.Url,
        storageAccountName = AzuriteServer.Account,
        storageEndpoint = azurite.Server.Endpoint,
        containerName = $"t{Guid.NewGuid():N}",
        poolId = "fits",
        vmSize = "Standard_D4s_v5",
        dedicatedNodeCount = 2,
        taskSlotsPerNode = slots,
        workerPath = NativeProgram.Path,
    }));

    private (string, string)[] KeysOf(BatchHost server) => [("BATCH_ACCOUNT_KEY", server.Key!), ("STORAGE_ACCOUNT_KEY", azurite.Server.Key)];

    private async Task RunJobAsync(string config, (string, string)[] keys, params string[] more)
    {
        await DoneAsync(keys, "check", "--config", config);
        JsonElement started = await DoneAsync(keys, ["submit", "--config", config, "--batch-directory", Batch, .. more]);
        Assert.Equal("started", started.GetProperty("outcome").GetString());
        await DoneAsync(keys, "stop", "--config", config, "--batch-directory", Batch);
        await DoneAsync(keys, ["submit", "--config", config, "--batch-directory", Batch, .. more]);
        JsonElement waited = await DoneAsync(keys, "wait", "--config", config, "--batch-directory", Batch, "--polling-interval", "0.2");
        Assert.Equal(("completed", 33), (waited.GetProperty("state").GetString(), waited.GetProperty("done").GetInt32()));
        Assert.True((await DoneAsync(keys, "receive", "--config", config, "--batch-directory", Batch)).GetProperty("complete").GetBoolean());
        JsonElement tasks = await DoneAsync(keys, "tasks", "--config", config, "--batch-directory", Batch, "--state", "completed");
        await DoneAsync(keys, "logs", "--config", config, "--batch-directory", Batch, "--task-id", tasks.GetProperty("tasks")[0].GetProperty("id").GetString()!);
        Assert.NotEmpty((await DoneAsync(keys, "jobs", "--config", config)).GetProperty("jobs").EnumerateArray());

        CliRun restarted = await RunAsync(keys, "restart", "--config", config, "--batch-directory", Batch, "--task-id", tasks.GetProperty("tasks")[0].GetProperty("id").GetString()!);
        Assert.Equal(2, restarted.ExitCode);
        Assert.Contains("did not fail", restarted.Error, StringComparison.Ordinal);
        await DoneAsync(keys, "merge", "--batch-directory", Batch, "--quiet");
    }

    private static SortedDictionary<string, string> HashesOf(string batch) => new(Directory.GetFiles(Path.Combine(batch, "results"), "*.json")
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));

    private static async Task<JsonElement> DoneAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        CliRun run = (await RunAsync(environment, arguments)).Expect(0);
        return run.Output.Length == 0 ? default : run.Json;
    }

    private static async Task<CliRun> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        ProcessStartInfo start = new(NativeProgram.Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliRun(process.ExitCode, await output, error);
    }
}
