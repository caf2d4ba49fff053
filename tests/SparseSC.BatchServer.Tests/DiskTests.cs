using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Tests;

public class DiskTests : ServerTest
{
    private const int Size = 1_000_000;

    private protected override ServerOptions Options => base.Options with { Quotas = Quotas.None with { DiskBytes = Size } };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddPoolAsync();
        await AddJobAsync();
    }

    [Theory]
    [InlineData("head -c 2000000 /dev/zero > large; sleep 600")]
    [InlineData("head -c 2000000 /dev/zero")]
    [InlineData("head -c 2000000 /dev/zero > $AZ_BATCH_NODE_SHARED_DIR/large; sleep 600")]
    public async Task A_task_that_fills_the_disk_is_ended_with_the_services_code(string script)
    {
        await AddTaskAsync("t", script, ""","constraints":{"maxTaskRetryCount":3}""");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        AssertFull(info);
        Assert.Equal(0, (int)info["retryCount"]!);
    }

    [Fact]
    public async Task A_file_without_room_is_not_brought()
    {
        using Blobs blobs = new();
        blobs.Contents["/c/large"] = new string('x', Size + 1);
        await AddTaskAsync("t", "true", $$""","resourceFiles":[{"httpUrl":"{{blobs.Url}}c/large?sig=good","filePath":"large"}]""");

        AssertFull((await CompletedAsync("t"))["executionInfo"]!);
    }

    [Fact]
    public async Task What_tasks_leave_fills_the_disk_until_its_time_is_over()
    {
        const string Leave = "head -c 400000 /dev/zero > left";
        await AddTaskAsync("a", Leave);
        await AddTaskAsync("b", Leave);
        await CompletedAsync("b");
        await AddTaskAsync("c", Leave);
        AssertFull((await CompletedAsync("c"))["executionInfo"]!);
        await AddTaskAsync("small", "true");
        AssertFull((await CompletedAsync("small"))["executionInfo"]!);

        foreach (string id in (string[])["a", "b", "c"])
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await Client.DeleteAsync($"/jobs/j1/tasks/{id}")).Status);
        }

        await UntilAsync(() => Directory.GetDirectories(JobFolder()).Length == 0);
        for (int index = 0; index < 6; index++)
        {
            await AddTaskAsync($"t{index}", Leave, ""","constraints":{"retentionTime":"PT0S"}""");
            Assert.Equal("success", (await CompletedAsync($"t{index}"))["executionInfo"]!["result"]!.ToString());
            await UntilAsync(() => !Directory.Exists(Path.Combine(JobFolder(), $"t{index}")));
        }

        Assert.Equal("TaskFilesCleanedup", (await Client.GetAsync("/jobs/j1/tasks/t5/files/wd/left")).Code);
    }

    [UnixFact]
    public async Task A_process_ends_when_what_it_writes_has_no_room()
    {
        byte[] written = new byte[1_000_000];
        using MemoryStream source = new(written);
        int told = 0;

        await OutputCopy.RunAsync(source, "/dev/full", () => told++);

        Assert.Equal(1, told);
        Assert.Equal(written.Length, source.Position);
    }

    private string JobFolder() => Path.Combine(Host.NodeRoot("p1"), "workitems", "j1", "job-1");

    private static void AssertFull(JsonNode info)
    {
        Assert.Equal("DiskFull", info["failureInfo"]!["code"]!.ToString());
        Assert.Equal("ServerError", info["failureInfo"]!["category"]!.ToString());
        Assert.Equal("failure", info["result"]!.ToString());
    }
}
