using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

/// <summary>What the real service refuses is refused here, with its status and its code; what it takes is taken.</summary>
public class RefusalTests : ServerTest
{
    [Theory]
    [InlineData("""{"vmSize":"Standard_D3s_v5"}""", 400, "InvalidPropertyValue", "vmSize")]
    [InlineData("""{"vmSize":"small"}""", 400, "InvalidPropertyValue", "vmSize")]
    [InlineData("""{"virtualMachineConfiguration":{"imageReference":{"sku":"server-arm"}}}""", 400, "InvalidPropertyValue", "imageReference")]
    [InlineData("""{"virtualMachineConfiguration":{"nodeAgentSKUId":"batch.node.ubuntu 22.04"}}""", 400, "InvalidPropertyValue", "nodeAgentSKUId")]
    [InlineData("""{"virtualMachineConfiguration":{"nodeAgentSKUId":"batch.node.none"}}""", 404, "NodeAgentSKUNotFound", null)]
    [InlineData("""{"taskSlotsPerNode":9}""", 400, "InvalidPropertyValue", "taskSlotsPerNode")]
    [InlineData("""{"taskSlotsPerNode":0}""", 400, "InvalidPropertyValue", "taskSlotsPerNode")]
    [InlineData("""{"vmSize":"Standard_D96s_v5","taskSlotsPerNode":257}""", 400, "InvalidPropertyValue", "taskSlotsPerNode")]
    [InlineData("""{"targetDedicatedNodes":-1}""", 400, "InvalidPropertyValue", "targetDedicatedNodes")]
    [InlineData("""{"resizeTimeout":"PT4M59S"}""", 400, "InvalidPropertyValue", "resizeTimeout")]
    [InlineData("""{"metadata":[{"name":"","value":"x"}]}""", 400, "EmptyMetadataKey", "metadata")]
    [InlineData("""{"startTask":{"commandLine":" "}}""", 400, "InvalidPropertyValue", "commandLine")]
    [InlineData("""{"startTask":{"commandLine":"true","maxTaskRetryCount":-2}}""", 400, "InvalidPropertyValue", "maxTaskRetryCount")]
    public async Task Wrong_pools(string change, int status, string code, string? property) =>
        Refused(status, code, property, await Client.SendAsync(HttpMethod.Post, "/pools", With(PoolBody(0, 1, "p1"), change)));

    [Theory]
    [InlineData("""{"taskSlotsPerNode":8}""")]
    [InlineData("""{"vmSize":"Standard_D96s_v5","taskSlotsPerNode":256}""")]
    [InlineData("""{"vmSize":"standard_e8-4DS_V5","taskSlotsPerNode":16}""")]
    [InlineData("""{"resizeTimeout":"PT5M"}""")]
    [InlineData("""{"virtualMachineConfiguration":{"imageReference":{"publisher":null,"offer":null,"sku":null,"virtualMachineImageId":"/subscriptions/s/x"}}}""")]
    public async Task Pools_that_are_taken(string change) =>
        Assert.Equal(HttpStatusCode.Created, (await Client.SendAsync(HttpMethod.Post, "/pools", With(PoolBody(0, 1, "p1"), change))).Status);

    [Theory]
    [InlineData("""{"priority":1001}""", "OutOfRangePriority", "priority")]
    [InlineData("""{"priority":-1001}""", "OutOfRangePriority", "priority")]
    [InlineData("""{"maxParallelTasks":0}""", "InvalidPropertyValue", "maxParallelTasks")]
    [InlineData("""{"constraints":{"maxTaskRetryCount":-2}}""", "InvalidPropertyValue", "maxTaskRetryCount")]
    [InlineData("""{"jobPreparationTask":{"commandLine":""}}""", "InvalidPropertyValue", "commandLine")]
    [InlineData("""{"jobPreparationTask":{"commandLine":"true","id":"a b"}}""", "InvalidPropertyValue", "id")]
    [InlineData("""{"poolInfo":{"poolId":null}}""", "MissingRequiredProperty", "poolInfo.poolId")]
    [InlineData("""{"poolInfo":{"autoPoolSpecification":{"poolLifetimeOption":"job"}}}""", "InvalidPropertyValue", "poolInfo")]
    [InlineData("""{"poolInfo":{"poolId":null,"autoPoolSpecification":{"autoPoolIdPrefix":"a-prefix-of-21-letters","poolLifetimeOption":"job"}}}""", "InvalidPropertyValue", "autoPoolIdPrefix")]
    public async Task Wrong_jobs(string change, string code, string property) =>
        Refused(400, code, property, await Client.SendAsync(HttpMethod.Post, "/jobs", With("""{"id":"j1","poolInfo":{"poolId":"p1"}}""", change)));

    [Theory]
    [InlineData("""{"commandLine":""}""", "InvalidPropertyValue", "commandLine")]
    [InlineData("""{"requiredSlots":0}""", "InvalidPropertyValue", "requiredSlots")]
    [InlineData("""{"constraints":{"maxTaskRetryCount":-2}}""", "InvalidPropertyValue", "maxTaskRetryCount")]
    [InlineData("""{"dependsOn":{"taskIds":["x"]}}""", "TaskDependenciesNotSpecifiedOnJob", null)]
    [InlineData("""{"resourceFiles":[{"filePath":"x"}]}""", "InvalidPropertyValue", "resourceFiles")]
    [InlineData("""{"resourceFiles":[{"httpUrl":"http://h/x","storageContainerUrl":"http://h/c","filePath":"x"}]}""", "InvalidPropertyValue", "resourceFiles")]
    [InlineData("""{"resourceFiles":[{"autoStorageContainerName":"c","storageContainerUrl":"http://h/c"}]}""", "InvalidPropertyValue", "resourceFiles")]
    [InlineData("""{"resourceFiles":[{"httpUrl":"http://h/x"}]}""", "MissingRequiredProperty", "filePath")]
    [InlineData("""{"resourceFiles":[{"httpUrl":"x","filePath":"x"}]}""", "InvalidPropertyValue", "httpUrl")]
    [InlineData("""{"resourceFiles":[{"storageContainerUrl":"ftp://h/c"}]}""", "InvalidPropertyValue", "storageContainerUrl")]
    [InlineData("""{"resourceFiles":[{"httpUrl":"http://h/x","filePath":"x","blobPrefix":"p"}]}""", "InvalidPropertyValue", "blobPrefix")]
    [InlineData("""{"resourceFiles":[{"httpUrl":"http://h/x","filePath":"x","fileMode":"0798"}]}""", "InvalidPropertyValue", "fileMode")]
    [InlineData("""{"resourceFiles":[{"httpUrl":"http://h/x","filePath":"x","fileMode":"u+x"}]}""", "InvalidPropertyValue", "fileMode")]
    public async Task Wrong_tasks_alone_and_in_a_collection(string change, string code, string? property)
    {
        await AddJobAsync();
        JsonNode task = With(TaskBody("t", "true"), change);

        Refused(400, code, property, await Client.SendAsync(HttpMethod.Post, "/jobs/j1/tasks", task));
        JsonArray results = (await Client.SendAsync(HttpMethod.Post, "/jobs/j1/addtaskcollection", new JsonObject
        {
            ["value"] = new JsonArray(task.DeepClone(), JsonNode.Parse(TaskBody("good", "true"))),
        })).Json["value"]!.AsArray();

        Assert.Equal(["clienterror", "Success"], results.Select(result => result!["status"]!.ToString()));
        Assert.Equal(code, results[0]!["error"]!["code"]!.ToString());
    }

    [Theory]
    [InlineData(1024, HttpStatusCode.Created)]
    [InlineData(1025, HttpStatusCode.BadRequest)]
    public async Task Display_names_have_1024_characters(int length, HttpStatusCode status)
    {
        JsonNode Named(string body) => With(body, $$"""{"displayName":"{{new string('n', length)}}"}""");

        Assert.Equal(status, (await Client.SendAsync(HttpMethod.Post, "/pools", Named(PoolBody(0, 1, "p1")))).Status);
        Assert.Equal(status, (await Client.SendAsync(HttpMethod.Post, "/jobs", Named("""{"id":"named","poolInfo":{"poolId":"p1"}}"""))).Status);
        await AddJobAsync();
        Assert.Equal(status, (await Client.SendAsync(HttpMethod.Post, "/jobs/j1/tasks", Named(TaskBody("t", "true")))).Status);
    }

    [Theory]
    [InlineData("resourceFiles", 60, HttpStatusCode.Created)]
    [InlineData("resourceFiles", 70, HttpStatusCode.BadRequest)]
    [InlineData("outputFiles", 70, HttpStatusCode.BadRequest)]
    public async Task The_files_of_a_task_have_32768_characters_in_all(string property, int count, HttpStatusCode status)
    {
        await AddJobAsync();
        string address = "http://h/c?sig=" + new string('s', 450);
        JsonNode File(int index) => property == "resourceFiles"
            ? new JsonObject { ["httpUrl"] = address, ["filePath"] = $"file-{index}" }
            : JsonNode.Parse($$"""{"filePattern":"x","destination":{"container":{"containerUrl":"{{address}}"} },"uploadOptions":{"uploadCondition":"taskcompletion"} }""")!;
        JsonNode task = JsonNode.Parse(TaskBody("t", "true"))!;
        task[property] = new JsonArray([.. Enumerable.Range(0, count).Select(File)]);

        Answer answer = await Client.SendAsync(HttpMethod.Post, "/jobs/j1/tasks", task);

        Assert.Equal(status, answer.Status);
        if (status == HttpStatusCode.BadRequest)
        {
            Refused(400, "InvalidPropertyValue", property, answer);
            Assert.Contains($"Total size of {property} cannot be more than 32768 characters", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_ids_that_a_task_depends_on_have_64000_characters_in_all()
    {
        await AddJobAsync(""","usesTaskDependencies":true""");
        JsonNode Task(string id, int count) => With(TaskBody(id, "true"), $$"""{"dependsOn":{"taskIds":[{{string.Join(',', Enumerable.Repeat($"\"{new string('t', 64)}\"", count))}}] } }""");

        Assert.Equal(HttpStatusCode.Created, (await Client.SendAsync(HttpMethod.Post, "/jobs/j1/tasks", Task("a", 1000))).Status);
        Refused(400, "TaskDependencyListTooLong", "taskIds", await Client.SendAsync(HttpMethod.Post, "/jobs/j1/tasks", Task("b", 1001)));
    }

    [Fact]
    public async Task A_pool_is_not_resized_while_it_is_being_resized()
    {
        await AddPoolAsync(nodes: 1);
        await AddJobAsync();
        await AddTaskAsync("t", "sleep 600");
        await WhenAsync("/jobs/j1/tasks/t", task => task["state"]!.ToString() == "running");
        string node = (await Client.GetAsync("/pools/p1/nodes")).Json["value"]![0]!["id"]!.ToString();
        await Client.PostAsync("/pools/p1/resize", """{"targetDedicatedNodes":0,"nodeDeallocationOption":"taskcompletion"}""");

        Assert.Equal("resizing", (await Client.GetAsync("/pools/p1")).Json["allocationState"]!.ToString());
        Refused(409, "PoolBeingResized", null, await Client.PostAsync("/pools/p1/resize", """{"targetDedicatedNodes":1}"""));
        Refused(409, "PoolBeingResized", null, await Client.PostAsync("/pools/p1/removenodes", $$"""{"nodeList":["{{node}}"]}"""));
        Refused(409, "PoolBeingResized", null, await Client.PostAsync("/pools/p1/enableautoscale", """{"autoScaleFormula":"$TargetDedicatedNodes=1;"}"""));
        Assert.Equal(HttpStatusCode.NoContent, (await Client.PostAsync("/jobs/j1/tasks/t/terminate")).Status);
        Refused(409, "TaskCompleted", null, await Client.PostAsync("/jobs/j1/tasks/t/terminate"));
        await WhenAsync("/pools/p1", pool => pool["allocationState"]!.ToString() == "steady");
        Assert.Equal(HttpStatusCode.Accepted, (await Client.PostAsync("/pools/p1/resize", """{"targetDedicatedNodes":1}""")).Status);
    }

    [Fact]
    public async Task A_job_waits_for_a_pool_that_is_not_there()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "echo here");
        Assert.Equal("active", (await Client.GetAsync("/jobs/j1/tasks/t")).Json["state"]!.ToString());

        await AddPoolAsync();
        await CompletedAsync("t");

        Assert.Equal("here\n", await OutputAsync("t"));
    }

    [Fact]
    public async Task A_task_for_more_slots_than_a_node_has_is_taken_and_waits()
    {
        await AddPoolAsync(slots: 2);
        await AddJobAsync();
        await AddTaskAsync("large", "true", ""","requiredSlots":3""");
        await AddTaskAsync("small", "true", ""","requiredSlots":2""");

        await CompletedAsync("small");

        Assert.Equal("active", (await Client.GetAsync("/jobs/j1/tasks/large")).Json["state"]!.ToString());
    }

    [Fact]
    public async Task A_container_may_have_an_empty_command()
    {
        await AddJobAsync();

        Assert.Equal(HttpStatusCode.Created, (await Client.PostAsync("/jobs/j1/tasks", """{"id":"t","commandLine":"","containerSettings":{"imageName":"worker"}}""")).Status);
    }

    private static void Refused(int status, string code, string? property, Answer answer)
    {
        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        if (property is not null)
        {
            Assert.Equal(property, answer.Json["values"]!.AsArray().First(value => value!["key"]!.ToString() == "PropertyName")!["value"]!.ToString());
        }
    }

    // A null takes a property away.
    private static JsonNode With(string body, string change)
    {
        JsonObject whole = JsonNode.Parse(body)!.AsObject();
        Merge(whole, JsonNode.Parse(change)!.AsObject());
        return whole;
    }

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach ((string name, JsonNode? value) in change)
        {
            if (value is JsonObject inner && target[name] is JsonObject there)
            {
                Merge(there, inner);
            }
            else if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
