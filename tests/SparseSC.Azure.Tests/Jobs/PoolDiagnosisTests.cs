using System.Text.Json;
using System.Text.Json.Nodes;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Azure.Jobs.Watch;

namespace SparseSC.Azure.Tests.Jobs;

public class PoolDiagnosisTests
{
    private const string Steady = """{"id":"fits","state":"Active","allocationState":"Steady","allocationStateTransitionTime":"2026-11-22T10:00:00Z","targetDedicatedNodes":2,"targetLowPriorityNodes":0}""";
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T10:12:00Z");

    [Fact]
    public void A_pool_that_is_gone_keeps_tasks_waiting_for_ever()
    {
        PoolTrouble trouble = Find(new PoolSnapshot { PoolId = "fits" })!;

        Assert.True(trouble.IsLasting);
        Assert.Contains("The pool 'fits' does not exist any more", trouble.Message, StringComparison.Ordinal);
        Assert.True(Find(Sight(With("state", "Deleting")))!.IsLasting);
    }

    [Theory]
    [InlineData("AccountCoreQuotaReached", "The specified account has reached core quota", "larger quota of cores")]
    [InlineData("AccountSpotCoreQuotaReached", "The specified account has reached Spot core quota", "{SpotNodeCount}")]
    [InlineData("AllocationTimedout", "Desired number of dedicated nodes could not be allocated as the resize timeout was reached", "another {VmSize}")]
    [InlineData("SubnetNotFound", "The subnet is not there", "settings of the pool")]
    public void A_pool_that_could_not_grow_says_why(string code, string message, string wayOut)
    {
        string errors = $$"""[{"code":"{{code}}","message":"{{message}}","values":[]}]""";

        PoolTrouble trouble = Find(Sight(With("resizeErrors", JsonNode.Parse(errors))))!;

        Assert.True(trouble.IsLasting);
        Assert.Contains($"No machine of the pool 'fits' has come up ({code}: {message})", trouble.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut, trouble.Message, StringComparison.Ordinal);
        Assert.False(Find(Sight(With("resizeErrors", JsonNode.Parse(errors), ("allocationState", "Resizing"))))!.IsLasting);
    }

    [Fact]
    public void Spot_machines_that_the_region_has_not_are_waited_for_and_a_quota_is_not()
    {
        PoolTrouble? Seen(string code) => Find(Sight(With("targetLowPriorityNodes", 2, ("targetDedicatedNodes", 0), ("resizeErrors", JsonNode.Parse($$"""[{"code":"{{code}}","message":"None"}]""")!))));

        Assert.False(Seen("AllocationFailed")!.IsLasting);
        Assert.True(Seen("AllocationFailed")!.NeedsAttention);
        Assert.True(Seen("AccountLowPriorityCoreQuotaReached")!.IsLasting);
    }

    [Fact]
    public void A_pool_that_grew_in_part_says_so_while_tasks_run()
    {
        PoolSnapshot sight = Sight(With("resizeErrors", JsonNode.Parse("""[{"code":"AccountCoreQuotaReached","message":"Full"}]""")), """{"running":1}""");

        PoolTrouble trouble = PoolDiagnosis.Of(sight, tasksRun: true, Now)!;

        Assert.False(trouble.IsLasting);
        Assert.StartsWith("The pool 'fits' has one machine of 2 (AccountCoreQuotaReached: Full).", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_on_their_way_are_counted()
    {
        PoolTrouble trouble = Find(Sight(Steady, """{"creating":1,"starting":1}"""))!;

        Assert.Equal("2 machines of the pool 'fits' are starting for 12 minutes.", trouble.Message);
        Assert.False(trouble.IsLasting);
    }

    [Fact]
    public void A_failed_start_task_is_lasting_and_names_the_machine()
    {
        PoolSnapshot sight = Sight(Steady, """{"startTaskFailed":2}""") with
        {
            BadNodes = [Parse<BatchNode>("""
                {"id":"tvm-1","state":"StartTaskFailed","startTaskInfo":{"state":"Completed","exitCode":3,"result":"Failure",
                 "failureInfo":{"category":"UserError","code":"FailureExitCode","message":"The task exited with an exit code representing a failure","details":[]}}}
                """)],
        };

        PoolTrouble trouble = Find(sight)!;

        Assert.True(trouble.IsLasting);
        Assert.Contains("failed on 2 machines of the pool 'fits' (exit 3, FailureExitCode", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("{StartTaskCommandLine}", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("'tvm-1'", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_no_machine_can_pull_points_at_image_and_registry()
    {
        PoolSnapshot sight = Sight(Steady, """{"unusable":2}""") with
        {
            BadNodes = [Parse<BatchNode>("""
                {"id":"tvm-1","state":"Unusable","errors":[{"code":"ContainerInvalidImage","message":"One or more container images specified are invalid",
                 "errorDetails":[{"name":"Reason","value":"manifest unknown"}]}]}
                """)],
        };

        PoolTrouble trouble = Find(sight)!;

        Assert.Contains("(ContainerInvalidImage: One or more container images specified are invalid; manifest unknown)", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("{RegistryServer}", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_preparation_everywhere_is_found()
    {
        BatchJobNodeTaskStatus failed = Parse<BatchJobNodeTaskStatus>("""
            {"poolId":"fits","nodeId":"tvm-1","jobPreparationTaskExecutionInfo":{"state":"Completed","exitCode":1,"result":"Failure",
             "failureInfo":{"category":"UserError","code":"FailureExitCode","message":"The task exited with an exit code representing a failure"}}}
            """);

        Assert.Contains("preparation failed on one machine (exit 1", Find(Sight(Steady, """{"idle":1}""") with { FailedPreparations = [failed] })!.Message, StringComparison.Ordinal);
        Assert.True(Find(Sight(Steady, """{"idle":1}""") with { FailedPreparations = [failed] })!.IsLasting);
        Assert.Null(Find(Sight(Steady, """{"idle":2}""") with { FailedPreparations = [failed] }));
    }

    [Fact]
    public void A_pool_of_no_size_is_lasting_and_one_that_scales_is_not()
    {
        Assert.True(Find(Sight(With("targetDedicatedNodes", 0)))!.IsLasting);
        PoolTrouble scales = Find(Sight(With("targetDedicatedNodes", 0, ("enableAutoScale", true), ("autoScaleEvaluationInterval", "PT5M"))))!;
        Assert.False(scales.IsLasting);
        Assert.Contains("every 5 minutes", scales.Message, StringComparison.Ordinal);
        Assert.Contains("{AutoScaleFormula}", Find(Sight(With("autoScaleRun", JsonNode.Parse("""{"timestamp":"2026-11-22T10:00:00Z","error":{"code":"BadFormula","message":"No such variable"}}"""), ("enableAutoScale", true))))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_of_a_failed_resize_does_not_end_a_job_on_a_pool_that_scales()
    {
        JsonNode full = JsonNode.Parse("""[{"code":"AccountCoreQuotaReached","message":"Full"}]""")!;
        PoolTrouble left = Find(Sight(With("targetDedicatedNodes", 0, ("enableAutoScale", true), ("resizeErrors", full))))!;
        Assert.Equal((false, true), (left.IsLasting, left.NeedsAttention));
    }

    [Fact]
    public void Only_what_somebody_may_have_to_see_to_needs_attention()
    {
        Assert.False(Find(Sight(Steady, """{"starting":1}"""))!.NeedsAttention);
        Assert.False(Find(Sight(With("allocationState", "Resizing")))!.NeedsAttention);
        Assert.True(Find(Sight(Steady, """{"starting":1,"unusable":1}"""))!.NeedsAttention);
        Assert.True(Find(Sight(Steady, "{}", """{"preempted":2}"""))!.NeedsAttention);
    }

    [Fact]
    public void Waiting_for_the_first_machine_tells_how_long()
    {
        Assert.Equal("No machine of the pool 'fits' has come up for 12 minutes; 2 are wanted.", Find(Sight(With("allocationState", "Resizing")))!.Message);
        Assert.StartsWith("All Spot machines", Find(Sight(Steady, "{}", """{"preempted":2}"""))!.Message, StringComparison.Ordinal);
        Assert.Null(Find(Sight(Steady, """{"idle":2}""")));
    }

    private static PoolTrouble? Find(PoolSnapshot sight) => PoolDiagnosis.Of(sight, tasksRun: false, Now);

    private static PoolSnapshot Sight(string pool, string dedicated = "{}", string spot = "{}") => new()
    {
        PoolId = "fits",
        Pool = Parse<BatchPool>(pool),
        Counts = Parse<BatchPoolNodeCounts>($$"""{"poolId":"fits","dedicated":{{dedicated}},"lowPriority":{{spot}}}"""),
    };

    private static string With(string name, JsonNode? value, params (string Name, JsonNode Value)[] more)
    {
        JsonObject pool = JsonNode.Parse(Steady)!.AsObject();
        pool[name] = value;
        foreach ((string key, JsonNode other) in more)
        {
            pool[key] = other;
        }

        return pool.ToJsonString();
    }

    private static T Parse<T>(string json) => JsonSerializer.Deserialize(json, BatchJson.Info<T>())!;
}
