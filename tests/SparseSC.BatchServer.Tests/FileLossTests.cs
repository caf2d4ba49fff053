using System.Net;

namespace SparseSC.BatchServer.Tests;

public class FileLossTests : ServerTest
{
    [Fact]
    public async Task Files_go_with_their_node_or_their_time()
    {
        await AddPoolAsync(nodes: 1);
        await AddJobAsync();
        await AddTaskAsync("kept", "echo kept");
        await AddTaskAsync("short", "echo short", ""","constraints":{"retentionTime":"PT0.2S"}""");
        await CompletedAsync("short");
        Assert.Equal("kept\n", await OutputAsync("kept"));

        Answer cleaned = null!;
        await HangGuard.UntilAsync(async () => (cleaned = await Client.GetAsync("/jobs/j1/tasks/short/files/stdout.txt")).Status != HttpStatusCode.OK);
        Assert.Equal("TaskFilesCleanedup", cleaned.Code);
        await Client.PostAsync("/pools/p1/resize", """{"targetDedicatedNodes":0}""");
        await WhenAsync("/pools/p1", pool => (int)pool["currentDedicatedNodes"]! == 0);
        await AddTaskAsync("waiting", "true");

        Answer lost = await Client.GetAsync("/jobs/j1/tasks/kept/files/stdout.txt");
        Answer early = await Client.GetAsync("/jobs/j1/tasks/waiting/files/stdout.txt");
        Assert.Equal(HttpStatusCode.NotFound, lost.Status);
        Assert.Equal("NodeNotFound", lost.Code);
        Assert.Equal(HttpStatusCode.Conflict, early.Status);
        Assert.Equal("OperationInvalidForCurrentState", early.Code);
        await Client.DeleteAsync("/pools/p1");
        await GoneAsync("/pools/p1");
        Assert.Equal("NodeNotFound", (await Client.GetAsync("/jobs/j1/tasks/kept/files")).Code);
    }
}
