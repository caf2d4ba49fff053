using System.Diagnostics;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.BatchServer.Faults;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Two processes of the command line that submit one job, of which the first is suspended by the system until its claim has run out.</summary>
[Collection(LongWaitCollection.Name)]
public sealed class TwoProcessTests(AzuriteFixture storage)
{
    private static readonly string[] NamespaceOfItsOwn = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];

    [AzuriteTheory(NeedsUnix = true)]
    [InlineData("Making the pool", "/pools")]
    [InlineData("Making the job", "/jobs")]
    [InlineData("Adding 4 tasks", "*addtaskcollection")]
    public async Task One_that_is_suspended_past_its_lease_takes_nothing_from_the_other(string step, string slowRequest)
    {
        // The first request of the kind takes long, so that the process stands still in the middle of it.
        FaultPlan slow = new(1, [new FaultRule { Kind = "slow", Method = "POST", Path = slowRequest, Seconds = 15, Times = 1 }]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, slow);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        BatchPlan copy = TinyPlan.Create(Path.Combine(rig.Folder, "copy"));
        string config = await WriteConfigAsync(rig);
        using Process first = Submit(rig, config, plan, 2);
        try
        {
            await LineAsync(first, step);
            Signal(first, "STOP");
            StorageContainer home = rig.Services().Home;
            await HangGuard.UntilAsync(async () => !await BlobLease.IsHeldAsync(home, JobLayout.ClaimBlob("shared"), CancellationToken.None));
            using Process second = Submit(rig, config, copy, 4);
            string said = await second.StandardError.ReadToEndAsync();
            await second.WaitForExitAsync();
            Assert.True(second.ExitCode == 0, said);
            Signal(first, "CONT");
            said = await first.StandardError.ReadToEndAsync();
            await first.WaitForExitAsync();

            Assert.True(first.ExitCode == 1, said);
            Assert.Contains("another one took the job over", said, StringComparison.Ordinal);
            SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), "shared");
            BatchResults results = await rig.Backend().CollectAsync("shared", Path.Combine(rig.Folder, "elsewhere"), CancellationToken.None);
            Assert.Equal((BatchJobState.Completed, 8), (job.State, job.Done));
            Assert.True(results.IsComplete, results.Message);
            Assert.True(await rig.Batch().Pools.ExistsAsync("tests"));
        }
        finally
        {
            first.Kill();
        }
    }

    /// <summary>How processes are started: each in a namespace of its own as two containers are, where this user may make such, and side by side.</summary>
    public static TheoryData<string[]> Launchers => IsNamespaceAllowed() ? [[], NamespaceOfItsOwn] : [[]];

    [AzuriteTheory(NeedsUnix = true)]
    [MemberData(nameof(Launchers))]
    public async Task One_at_work_is_not_taken_for_gone_where_its_process_cannot_be_seen(string[] launcher)
    {
        FaultPlan slow = new(1, [new FaultRule { Kind = "slow", Method = "POST", Path = "/jobs", Seconds = 20, Times = 1 }]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, slow);
        BatchPlan plan = TinyPlan.Create(rig.Folder);
        BatchPlan copy = TinyPlan.Create(Path.Combine(rig.Folder, "copy"));
        string config = await WriteConfigAsync(rig);
        using Process first = Submit(rig, config, plan, 2, launcher);
        try
        {
            await LineAsync(first, "Making the job");
            using Process second = Submit(rig, config, copy, 4, launcher);
            string said = await second.StandardOutput.ReadToEndAsync();
            await second.WaitForExitAsync();
            await first.StandardError.ReadToEndAsync();
            await first.WaitForExitAsync();

            Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
            Assert.Contains("\"alreadyRunning\"", said, StringComparison.OrdinalIgnoreCase);
            SparseSC.Batch.Jobs.BatchJob job = await BackendRig.WaitAsync(rig.Backend(), "shared");
            Assert.Equal((BatchJobState.Completed, 8), (job.State, job.Done));
            Assert.Single((await new JobRecords(rig.Services()).ReadAsync("shared", CancellationToken.None)).Runs);
        }
        finally
        {
            first.Kill();
        }
    }

    private static bool IsNamespaceAllowed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            using Process process = Process.Start(NamespaceOfItsOwn[0], [.. NamespaceOfItsOwn[1..], "true"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<string> WriteConfigAsync(BackendRig rig)
    {
        string config = Path.Combine(rig.Folder, "azure.json");
        await using FileStream file = File.Create(config);
        BatchConfigJson.Write(file, rig.Config);
        return config;
    }

    private static Process Submit(BackendRig rig, string config, BatchPlan plan, int groupSize, params string[] launcher)
    {
        string[] command = [.. launcher, "dotnet"];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "sparsesc.dll"), "submit", "--config", config, "--batch-directory", plan.Directory,
                "--job-id", "shared", "--task-group-size", groupSize.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in rig.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task LineAsync(Process process, string words)
    {
        List<string> lines = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"It never said '{words}': {string.Join('\n', lines)}");
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
