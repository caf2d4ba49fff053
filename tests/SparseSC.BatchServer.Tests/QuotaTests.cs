using System.Net;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Tests;

public class QuotaTests : ServerTest
{
    private protected override ServerOptions Options => base.Options with { Quotas = new Quotas(Pools: 1, Jobs: 2, Cores: 5, SpotCores: 2) };

    [Fact]
    public async Task Jobs_that_are_over_make_room_for_others()
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();
        await AddJobAsync(id: "j2");

        Answer refused = await Client.PostAsync("/jobs", """{"id":"j3","poolInfo":{"poolId":"p1"}}""");
        await Client.PostAsync("/jobs/j1/terminate");
        await WhenAsync("/jobs/j1", job => job["state"]!.ToString() == "completed");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("ActiveJobAndScheduleQuotaReached", refused.Code);
        await AddJobAsync(id: "j3");
    }

    [Fact]
    public async Task Pools_have_a_limit_that_an_automatic_pool_meets_as_its_jobs_error()
    {
        await AddPoolAsync(nodes: 0);
        JsonObject pool = JsonNode.Parse(PoolBody(1, 1, "x"))!.AsObject();
        pool.Remove("id");

        Assert.Equal("PoolQuotaReached", (await Client.PostAsync("/pools", PoolBody(0, 1, "p2"))).Code);
        Answer added = await Client.PostAsync("/jobs", $$"""{"id":"j1","poolInfo":{"autoPoolSpecification":{"poolLifetimeOption":"job","pool":{{pool.ToJsonString()}} } } }""");
        JsonNode job = (await Client.GetAsync("/jobs/j1")).Json;

        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal("completed", job["state"]!.ToString());
        Assert.Equal("AutoPoolCreationFailedWithQuotaReached", job["executionInfo"]!["schedulingError"]!["code"]!.ToString());
    }

    [Fact]
    public async Task Cores_limit_how_far_a_pool_grows()
    {
        await AddPoolAsync(nodes: 3);
        await Client.PostAsync("/pools/p1/resize", """{"targetDedicatedNodes":3,"targetLowPriorityNodes":2}""");

        JsonNode pool = (await Client.GetAsync("/pools/p1")).Json;

        Assert.Equal(2, (int)pool["currentDedicatedNodes"]!);
        Assert.Equal(1, (int)pool["currentLowPriorityNodes"]!);
        Assert.Equal(3, (int)pool["targetDedicatedNodes"]!);
        Assert.Equal(["AccountCoreQuotaReached", "AccountLowPriorityCoreQuotaReached"], pool["resizeErrors"]!.AsArray().Select(error => error!["code"]!.ToString()));
        await Client.PostAsync("/pools/p1/resize", """{"targetDedicatedNodes":2,"targetLowPriorityNodes":1}""");
        Assert.Null((await Client.GetAsync("/pools/p1")).Json["resizeErrors"]);
    }
}
