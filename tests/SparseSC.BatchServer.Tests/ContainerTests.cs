using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class ContainerTests : ServerTest
{
    private const string Registries = """{"registryServer":"r.example","username":"u","password":"a-registry-secret"}""";

    [Fact]
    public async Task A_task_for_a_container_runs_with_its_environment_and_shows_its_container()
    {
        Assert.Equal(HttpStatusCode.Created, (await AddContainerPoolAsync(Registries)).Status);
        await AddJobAsync();
        await AddTaskAsync("t", "echo $AZ_BATCH_TASK_ID", ""","containerSettings":{"imageName":"r.example/worker:1","containerRunOptions":"--rm"}""");

        JsonNode task = await CompletedAsync("t");

        Assert.Equal("success", task["executionInfo"]!["result"]!.ToString());
        Assert.Equal("t\n", await OutputAsync("t"));
        Assert.Equal("r.example/worker:1", task["containerSettings"]!["imageName"]!.ToString());
        Assert.Equal("exited", task["executionInfo"]!["containerInfo"]!["state"]!.ToString());
        JsonNode shown = (await Client.GetAsync("/pools/p1")).Json["virtualMachineConfiguration"]!["containerConfiguration"]!;
        Assert.Equal("r.example", shown["containerRegistries"]![0]!["registryServer"]!.ToString());
        Assert.Null(shown["containerRegistries"]![0]!["password"]);
    }

    [Fact]
    public async Task A_tasks_own_registry_is_taken_and_its_password_is_kept()
    {
        await AddContainerPoolAsync(Registries);
        await AddJobAsync();
        string body = TaskBody("t", "true", $$$""","containerSettings":{"imageName":"x","registry":{{{Registries}}} } """);

        Assert.Equal(HttpStatusCode.Created, (await Client.PostAsync("/jobs/j1/tasks", body)).Status);
        Assert.DoesNotContain("a-registry-secret", (await Client.GetAsync("/jobs/j1/tasks")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-registry-secret", (await Client.GetAsync("/jobs/j1/tasks/t")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_without_containers_fails_a_task_that_wants_one()
    {
        await AddPoolAsync();
        await AddJobAsync();
        await AddTaskAsync("t", "true", ""","containerSettings":{"imageName":"worker"}""");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal("ContainerPoolNotSupported", info["failureInfo"]!["code"]!.ToString());
        Assert.Null(info["exitCode"]);
        Assert.Null(info["containerInfo"]);
    }

    [Theory]
    [InlineData("""{"registryServer":"r.example"}""")]
    [InlineData("""{"registryServer":"r.example","username":"u"}""")]
    [InlineData("""{"registryServer":"r.example","username":"u","password":"p","identityReference":{"resourceId":"/i"} }""")]
    public async Task A_registry_that_cannot_be_entered_is_refused(string registry) =>
        Assert.Equal("InvalidPropertyValue", (await AddContainerPoolAsync(registry)).Code);

    [Fact]
    public async Task An_identity_opens_a_registry_too() =>
        Assert.Equal(HttpStatusCode.Created, (await AddContainerPoolAsync("""{"registryServer":"r.example","identityReference":{"resourceId":"/i"} }""")).Status);

    [Fact]
    public async Task An_image_without_a_container_engine_is_refused() =>
        Assert.Equal("InvalidPropertyValue", (await AddContainerPoolAsync(Registries, "canonical", "ubuntu-24_04-lts", "server")).Code);

    private Task<Answer> AddContainerPoolAsync(string registry, string publisher = "microsoft-dsvm", string offer = "ubuntu-hpc", string sku = "2404")
    {
        JsonNode pool = JsonNode.Parse(PoolBody(1, 1, "p1"))!;
        JsonNode machine = pool["virtualMachineConfiguration"]!;
        machine["imageReference"] = new JsonObject { ["publisher"] = publisher, ["offer"] = offer, ["sku"] = sku };
        machine["containerConfiguration"] = JsonNode.Parse($$"""{"type":"dockerCompatible","containerImageNames":["r.example/worker:1"],"containerRegistries":[{{registry}}]}""");
        return Client.SendAsync(HttpMethod.Post, "/pools", pool);
    }
}
