using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Tests.Spec;
using SparseSC.Azure.Tests.Wire;
using SparseSC.BatchServer.Validation;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests;

public class RequestTests
{
    public static TheoryData<int, string> Calls
    {
        get
        {
            TheoryData<int, string> data = [];
            foreach ((int index, (string method, _, _, _)) in Operations.All.Index())
            {
                data.Add(index, method);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_request_is_what_the_protocol_says(int index, string method)
    {
        (_, string operation, string? item, Func<BatchClient, Task> call) = Operations.All[index];
        await using LoopbackServer server = new(request => Answer(operation, item));

        await call(TestAccount.Client(server));

        WireRequest request = Assert.Single(server.Requests);
        SpecOperation found = Assert.Single(SpecDocument.Derived.Operations.Values, candidate => candidate.Fits(request.Method, request.Path));
        Assert.Equal(operation, found.Name);
        List<string> faults = RequestValidator.Check(request, found);
        Assert.True(faults.Count == 0, $"{method}: {string.Join("; ", faults)}");
        TestAccount.AssertSigned(request);
    }

    [Fact]
    public void Every_method_of_the_client_is_among_them()
    {
        IEnumerable<string> methods = typeof(BatchClient).GetProperties()
            .Where(property => property.PropertyType.Namespace == typeof(BatchClient).Namespace)
            .SelectMany(property => property.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Equal(methods.Order(), Operations.All.Select(operation => operation.Method).Distinct().Order());
    }

    [Fact]
    public void The_validator_finds_what_is_wrong()
    {
        JsonObject pool = new()
        {
            ["vmSize"] = 3,
            ["colour"] = "red",
            ["resizeTimeout"] = "15 minutes",
            ["autoScaleEvaluationInterval"] = "P1M",
            ["enableAutoScale"] = null,
            ["virtualMachineConfiguration"] = new JsonObject { ["imageReference"] = new JsonObject { ["exactVersion"] = "1" }, ["nodeAgentSKUId"] = "a" },
            ["taskSchedulingPolicy"] = new JsonObject { ["nodeFillType"] = "Spread" },
            ["metadata"] = new JsonArray(new JsonObject { ["name"] = "n" }),
        };
        Assert.Equal(
            [
                "vmSize is 3, which is no string",
                "colour is unknown",
                "resizeTimeout is \"15 minutes\", which is no duration",
                "autoScaleEvaluationInterval is \"P1M\", which is no duration",
                "enableAutoScale is null, which is no boolean",
                "virtualMachineConfiguration.imageReference.exactVersion is read only",
                "taskSchedulingPolicy.nodeFillType is Spread, which is none of spread, pack",
                "metadata[0].value is missing",
                "id is missing",
            ],
            RequestValidator.CheckModel(pool, "BatchPoolCreateOptions"));
    }

    [Fact]
    public async Task Tags_go_without_quotes()
    {
        await using LoopbackServer server = new(_ => new WireReply(202));

        await TestAccount.Client(server).Pools.DeleteAsync("p", new global::Azure.RequestConditions { IfMatch = new global::Azure.ETag("\"0x8D\"") });

        Assert.Equal("0x8D", Assert.Single(server.Requests).Header("If-Match"));
    }

    [Fact]
    public async Task No_limit_is_the_longest_duration()
    {
        await using LoopbackServer server = new(_ => new WireReply(201));
        BatchTaskCreateOptions task = new() { Id = "t", CommandLine = "c", Constraints = new() { MaxWallClockTime = BatchDuration.NoLimit } };

        await TestAccount.Client(server).Tasks.AddAsync("j", task);

        JsonElement constraints = Assert.Single(server.Requests).Json().GetProperty("constraints");
        Assert.Equal("P10675199DT2H48M5.4775807S", constraints.GetProperty("maxWallClockTime").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_cannot_lead_elsewhere(string id)
    {
        await using LoopbackServer server = new(_ => new WireReply(200));

        InvalidInputException error = await Assert.ThrowsAsync<InvalidInputException>(() => TestAccount.Client(server).Tasks.DeleteAsync("j", id));

        Assert.Equal("BatchIdInvalid", error.ErrorId);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_slash_in_an_id_stays_in_it()
    {
        await using LoopbackServer server = new(_ => new WireReply(200));

        await TestAccount.Client(server).Tasks.DeleteAsync("j", "../../pools/p");

        Assert.Equal("/jobs/j/tasks/..%2F..%2Fpools%2Fp", Assert.Single(server.Requests).Path);
    }

    private static WireReply Answer(string operation, string? item)
    {
        SpecOperation spec = SpecDocument.Derived.Operations[operation];
        string? body = item is not null ? new JsonObject { ["value"] = new JsonArray(SampleAnswer.Of(item)) }.ToJsonString()
            : spec.ResponseModel is { } model ? SampleAnswer.Of(model).ToJsonString()
            : null;
        return new WireReply(spec.SuccessStatus, body);
    }
}
