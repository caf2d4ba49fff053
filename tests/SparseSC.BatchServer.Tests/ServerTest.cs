using System.Net;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.Faults;

namespace SparseSC.BatchServer.Tests;

/// <summary>A test with a server of its own.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    protected const string Account = "testbatch";
    protected const string Key = "dGhpcy1pcy1hLXRlc3Qta2V5LW5vdC1hLXNlY3JldC0wMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMQ==";

    internal BatchHost Host { get; private set; } = null!;

    internal SignedClient Client { get; private set; } = null!;

    /// <summary>What goes wrong on this server; nothing unless a test says so.</summary>
    protected virtual string Faults => """{"seed":1,"rules":[]}""";

    public virtual Task InitializeAsync() => StartAsync(Faults);

    public virtual async Task DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>Starts another server in the place of the first.</summary>
    protected async Task RestartAsync(string faults)
    {
        await DisposeAsync();
        await StartAsync(faults);
    }

    protected async Task AddPoolAsync(int nodes = 1, int slots = 1, string id = "p1") =>
        Assert.Equal(HttpStatusCode.Created, (await Client.PostAsync("/pools", PoolBody(nodes, slots, id))).Status);

    protected static string PoolBody(int nodes, int slots, string id) =>
        $$"""
        {"id":"{{id}}","vmSize":"standard_d2s_v3","targetDedicatedNodes":{{nodes}},"taskSlotsPerNode":{{slots}},
         "virtualMachineConfiguration":{"nodeAgentSKUId":"batch.node.ubuntu 24.04",
         "imageReference":{"publisher":"canonical","offer":"ubuntu-24_04-lts","sku":"server"} } }
        """;

    protected async Task AddJobAsync(string more = "", string id = "j1") =>
        Assert.Equal(HttpStatusCode.Created, (await Client.PostAsync("/jobs", $$"""{"id":"{{id}}","poolInfo":{"poolId":"p1"}{{more}}}""")).Status);

    protected async Task AddTaskAsync(string id, string script, string more = "") =>
        Assert.Equal(HttpStatusCode.Created, (await Client.PostAsync("/jobs/j1/tasks", TaskBody(id, script, more))).Status);

    protected static string TaskBody(string id, string script, string more = "") =>
        $$"""{"id":"{{id}}","commandLine":{{JsonValue.Create($"/bin/sh -c '{script}'").ToJsonString()}}{{more}}}""";

    protected async Task<JsonNode> CompletedAsync(string id) => await WhenAsync($"/jobs/j1/tasks/{id}", task => task["state"]!.ToString() == "completed");

    protected async Task<JsonNode> WhenAsync(string path, Func<JsonNode, bool> condition)
    {
        Answer? answer = null;
        await HangGuard.UntilAsync(
            async () => (answer = await Client.GetAsync(path)).Status == HttpStatusCode.OK && condition(answer.Json), () => $"{path}: {answer?.Text}");
        return answer!.Json;
    }

    protected static Task UntilAsync(Func<bool> condition) => HangGuard.UntilAsync(() => Task.FromResult(condition()));

    protected Task GoneAsync(string path) =>
        HangGuard.UntilAsync(async () => (await Client.GetAsync(path)).Status == HttpStatusCode.NotFound, () => $"{path} did not go.");

    protected async Task<string> OutputAsync(string task, string file = "stdout.txt") => (await Client.GetAsync($"/jobs/j1/tasks/{task}/files/{file}")).Text;

    /// <summary>How this server is started, apart from its faults.</summary>
    private protected virtual ServerOptions Options => new(new Uri("http://127.0.0.1:0"), Account, Convert.FromBase64String(Key));

    private async Task StartAsync(string faults)
    {
        Host = await BatchHost.StartAsync(Options with { Faults = FaultPlan.Parse(faults, "the test") });
        Client = new SignedClient(Host.Url, Account, Convert.FromBase64String(Key), Host.CreateHandler());
    }
}
