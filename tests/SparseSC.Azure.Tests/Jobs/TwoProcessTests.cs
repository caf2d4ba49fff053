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
        string config = Path.Combine(rig.Folder, "azure.json");
        await using (FileStream file = File.Create(config))
        {
            BatchConfigJson.Write(file, rig.Config);
        }

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

    private static Process Submit(BackendRig rig, string config, BatchPlan plan, int groupSize)
    {
        ProcessStartInfo start = new("dotnet")
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
