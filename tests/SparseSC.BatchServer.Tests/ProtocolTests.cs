using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class ProtocolTests : ServerTest
{
    [Fact]
    public async Task A_wrong_key_is_refused_as_the_service_does()
    {
        using SignedClient stranger = new(Host.Url, Account, [1, 2, 3]);

        Answer answer = await stranger.GetAsync("/pools");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("AuthenticationFailed", answer.Code);
        Assert.Equal("AuthenticationErrorDetail", answer.Json["values"]![0]!["key"]!.ToString());
        Assert.Contains("#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element", answer.Json["odata.metadata"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-16, HttpStatusCode.Forbidden)]
    [InlineData(16, HttpStatusCode.Forbidden)]
    [InlineData(-14, HttpStatusCode.OK)]
    [InlineData(14, HttpStatusCode.OK)]
    public async Task A_clock_may_be_fifteen_minutes_off(int minutes, HttpStatusCode status)
    {
        Client.Clock = TimeSpan.FromMinutes(minutes);

        Assert.Equal(status, (await Client.GetAsync("/pools")).Status);
    }

    [Theory]
    [InlineData("2022-10-01.16.0", HttpStatusCode.OK)]
    [InlineData("2024-02-01.19.0", HttpStatusCode.OK)]
    [InlineData("2025-06-01", HttpStatusCode.OK)]
    [InlineData("2019-08-01.10.0", HttpStatusCode.BadRequest)]
    public async Task Versions_are_known_or_refused(string version, HttpStatusCode status) =>
        Assert.Equal(status, (await Client.GetAsync($"/jobs?api-version={version}")).Status);

    [Fact]
    public async Task A_recorded_refusal_is_the_same_here()
    {
        JsonNode record = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "data", "spec", "service-recordings.json")))!["records"]![0]!["body"]!;

        Answer answer = await Client.GetAsync("/pools?maxresults=-5");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(record["code"]!.ToString(), answer.Code);
        Assert.Equal(record["values"]!.ToJsonString(), answer.Json["values"]!.ToJsonString());
        Assert.Equal(record["message"]!["value"]!.ToString().Split('\n')[0], answer.Json["message"]!["value"]!.ToString().Split('\n')[0]);
    }

    [Fact]
    public async Task Lists_come_in_pages_and_filters_and_selections_hold_on_every_page()
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();
        for (int task = 0; task < 25; task++)
        {
            await AddTaskAsync($"t{task:D2}", "true");
        }

        List<string> found = [];
        string? next = "/jobs/j1/tasks?maxresults=4&$select=id&$filter=" + Uri.EscapeDataString("startswith(id,'t1') or id eq 't02'");
        int pages = 0;
        while (next is not null)
        {
            JsonNode page = (await Client.GetAsync(next)).Json;
            Assert.All(page["value"]!.AsArray(), task => Assert.Equal(["id"], task!.AsObject().Select(property => property.Key)));
            found.AddRange(page["value"]!.AsArray().Select(task => task!["id"]!.ToString()));
            next = page["odata.nextLink"]?.ToString() is { } link ? new Uri(link).PathAndQuery : null;
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(["t02", .. Enumerable.Range(10, 10).Select(task => $"t{task}")], found);
    }

    [Theory]
    [InlineData("state eq 'active' and executionInfo/retryCount eq 0", 1)]
    [InlineData("executionInfo/exitCode ne 0", 1)]
    [InlineData("executionInfo/exitCode eq 0", 0)]
    [InlineData("creationTime gt datetime'2020-01-01T00:00:00Z'", 1)]
    [InlineData("not (state eq 'active')", 0)]
    public async Task Filters_mean_what_they_say(string filter, int count)
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();
        await AddTaskAsync("t", "true");

        Assert.Equal(count, (await Client.GetAsync("/jobs/j1/tasks?$filter=" + Uri.EscapeDataString(filter))).Json["value"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("state is 'active'")]
    [InlineData("state eq")]
    [InlineData("state eq 'active' %%")]
    public async Task A_filter_that_cannot_be_read_is_refused(string filter)
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();

        Assert.Equal("InvalidQueryParameterValue", (await Client.GetAsync("/jobs/j1/tasks?$filter=" + Uri.EscapeDataString(filter))).Code);
    }

    [Fact]
    public async Task Conditions_on_the_ETag_hold()
    {
        await AddPoolAsync(nodes: 0);
        Answer pool = await Client.GetAsync("/pools/p1");
        string tag = pool.Headers["ETag"];
        Assert.Equal(pool.Json["eTag"]!.ToString(), tag);

        Assert.Equal(HttpStatusCode.NotModified, (await Client.SendAsync(HttpMethod.Get, "/pools/p1", null, ("If-None-Match", tag))).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Client.SendAsync(HttpMethod.Post, "/pools/p1/resize", JsonNode.Parse("""{"targetDedicatedNodes":0}"""), ("If-Match", tag))).Status);
        Assert.Equal("ConditionNotMet", (await Client.SendAsync(HttpMethod.Delete, "/pools/p1", null, ("If-Match", tag))).Code);
    }

    [Theory]
    [InlineData("""{"id":"x","poolInfo":{"poolId":"p1"},"colour":"red"}""", "InvalidRequestBody")]
    [InlineData("""{"poolInfo":{"poolId":"p1"}}""", "MissingRequiredProperty")]
    [InlineData("""{"id":"x","poolInfo":{"poolId":"p1"},"priority":"high"}""", "InvalidRequestBody")]
    [InlineData("""{"id":"x","poolInfo":{"poolId":"p1"},"onAllTasksComplete":"explode"}""", "InvalidPropertyValue")]
    [InlineData("""{"id":"x","poolInfo":{"poolId":"p1"},"constraints":{"maxWallClockTime":"an hour"}}""", "InvalidRequestBody")]
    [InlineData("""{"id":"a b","poolInfo":{"poolId":"p1"}}""", "InvalidPropertyValue")]
    public async Task A_body_that_does_not_fit_is_refused_in_every_version(string body, string code)
    {
        await AddPoolAsync(nodes: 0);
        foreach (string version in (string[])["2022-10-01.16.0", "2025-06-01"])
        {
            Assert.Equal(code, (await Client.PostAsync($"/jobs?api-version={version}", body)).Code);
        }
    }

    [Theory]
    [InlineData("2024-02-01.19.0", HttpStatusCode.Created)]
    [InlineData("2025-06-01", HttpStatusCode.BadRequest)]
    public async Task A_property_that_was_retired_is_known_in_its_own_version_only(string version, HttpStatusCode status)
    {
        JsonNode pool = JsonNode.Parse(PoolBody(0, 1, "p2"))!;
        pool["targetNodeCommunicationMode"] = "simplified";

        Assert.Equal(status, (await Client.SendAsync(HttpMethod.Post, $"/pools?api-version={version}", pool)).Status);
    }

    [Fact]
    public async Task A_collection_answers_for_every_task_and_holds_a_hundred()
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();
        string Collection(int first, int count) => $$"""{"value":[{{string.Join(',', Enumerable.Range(first, count).Select(task => TaskBody($"t{task}", "true")))}}]}""";

        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync("/jobs/j1/addtaskcollection", Collection(0, 100))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.PostAsync("/jobs/j1/addtaskcollection", Collection(100, 101))).Status);
        JsonArray results = (await Client.PostAsync("/jobs/j1/addtaskcollection", Collection(99, 2))).Json["value"]!.AsArray();

        Assert.Equal(["clienterror", "Success"], results.Select(result => result!["status"]!.ToString()));
        Assert.Equal("TaskExists", results[0]!["error"]!["code"]!.ToString());
        Assert.Equal(101, (int)(await Client.GetAsync("/jobs/j1/taskcounts")).Json["taskCounts"]!["active"]!);
    }

    [Fact]
    public async Task A_body_of_more_than_a_megabyte_is_too_large() =>
        Assert.Equal("RequestBodyTooLarge", (await Client.PostAsync("/pools", $$"""{"id":"{{new string('x', 1 << 20)}}"}""")).Code);

    [Fact]
    public async Task What_is_not_there_has_the_services_codes()
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();

        Assert.Equal("PoolNotFound", (await Client.GetAsync("/pools/none")).Code);
        Assert.Equal("JobNotFound", (await Client.GetAsync("/jobs/none")).Code);
        Assert.Equal("TaskNotFound", (await Client.GetAsync("/jobs/j1/tasks/none")).Code);
        Assert.Equal("NodeNotFound", (await Client.GetAsync("/pools/p1/nodes/none")).Code);
        Assert.Equal("ApplicationNotFound", (await Client.GetAsync("/applications/none")).Code);
        Assert.Equal("PoolExists", (await Client.PostAsync("/pools", PoolBody(0, 1, "P1"))).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.SendAsync(HttpMethod.Head, "/pools/none")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.SendAsync(HttpMethod.Head, "/pools/p1")).Status);
    }
}
