using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class AutoScaleTests : ServerTest
{
    private const string Queue =
        "span = TimeInterval_Minute * 5;" +
        "tasks = $PendingTasks.GetSamplePercent(span) < 70 ? max(0, $PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(1), avg($PendingTasks.GetSample(span)));" +
        "$TargetDedicatedNodes = min(2, round(tasks / $TaskSlotsPerNode));" +
        "$NodeDeallocationOption = taskcompletion;";

    private protected override ServerOptions Options => base.Options with { AutoScaleTime = TimeSpan.FromSeconds(0.5) };

    [Fact]
    public async Task A_pool_follows_its_queue_up_from_nothing_and_back()
    {
        Assert.Equal(HttpStatusCode.Created, (await AddScalingPoolAsync(Queue)).Status);
        JsonNode pool = (await Client.GetAsync("/pools/p1")).Json;
        Assert.Equal(0, (int)pool["targetDedicatedNodes"]!);
        Assert.StartsWith("$TargetDedicatedNodes=0;$TargetLowPriorityNodes=0;$NodeDeallocationOption=taskcompletion;", pool["autoScaleRun"]!["results"]!.ToString(), StringComparison.Ordinal);
        await AddJobAsync();
        for (int task = 0; task < 6; task++)
        {
            await AddTaskAsync($"t{task}", "sleep 0.3");
        }

        await WhenAsync("/pools/p1", found => (int)found["currentDedicatedNodes"]! == 2);
        await WhenAsync("/jobs/j1/taskcounts", counts => (int)counts["taskCounts"]!["succeeded"]! == 6);
        JsonNode empty = await WhenAsync("/pools/p1", found => (int)found["currentDedicatedNodes"]! == 0);

        Assert.Null(empty["autoScaleRun"]!["error"]);
        Assert.Equal(0, (int)(await Client.GetAsync("/jobs/j1/tasks?$filter=executionInfo/requeueCount gt 0")).Json["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_formula_that_cannot_be_worked_out_is_the_runs_error_and_changes_nothing()
    {
        await AddScalingPoolAsync("$TargetDedicatedNodes = 1;");
        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync("/pools/p1/enableautoscale", """{"autoScaleFormula":"$TargetDedicatedNodes = $SomethingElse;"}""")).Status);

        JsonNode run = (await Client.GetAsync("/pools/p1")).Json["autoScaleRun"]!;

        Assert.Equal("AutoScalingFormulaEvaluationError", run["error"]!["code"]!.ToString());
        Assert.Contains("$SomethingElse", run["error"]!["values"]![0]!["value"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("$TargetDedicatedNodes=1;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue", run["results"]!.ToString());
        Assert.Equal(1, (int)(await Client.GetAsync("/pools/p1")).Json["currentDedicatedNodes"]!);
    }

    [Fact]
    public async Task A_formula_can_be_tried_without_being_applied()
    {
        await AddPoolAsync(nodes: 0, id: "fixed");
        await AddScalingPoolAsync("$TargetDedicatedNodes=2");

        JsonNode good = (await Client.PostAsync("/pools/p1/evaluateautoscale", """{"autoScaleFormula":"$TargetDedicatedNodes=3"}""")).Json;
        JsonNode bad = (await Client.PostAsync("/pools/p1/evaluateautoscale", """{"autoScaleFormula":"$something_useless"}""")).Json;
        Answer refused = await Client.PostAsync("/pools/fixed/evaluateautoscale", """{"autoScaleFormula":"$TargetDedicatedNodes=3"}""");

        Assert.Equal("$TargetDedicatedNodes=3;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue", good["results"]!.ToString());
        Assert.Null(good["error"]);
        Assert.Equal("AutoScalingFormulaEvaluationError", bad["error"]!["code"]!.ToString());
        Assert.Equal("$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue", bad["results"]!.ToString());
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(2, (int)(await Client.GetAsync("/pools/p1")).Json["targetDedicatedNodes"]!);
    }

    [Theory]
    [InlineData("$TargetDedicatedNodes = ", "PT5M", "AutoScalingFormulaSyntaxError")]
    [InlineData("$TargetDedicatedNodes = 1", "PT4M", "InvalidPropertyValue")]
    [InlineData("$TargetDedicatedNodes = 1", "P8D", "InvalidPropertyValue")]
    public async Task Settings_that_cannot_be_used_are_refused_at_once(string formula, string interval, string code)
    {
        Assert.Equal(code, (await AddScalingPoolAsync(formula, interval)).Code);
        Assert.Equal("AutoScalingFormulaTooLong", (await AddScalingPoolAsync("x = 1; " + new string(' ', 8192))).Code);
        await AddScalingPoolAsync("$TargetDedicatedNodes = 0");
        JsonObject change = new() { ["autoScaleFormula"] = formula, ["autoScaleEvaluationInterval"] = interval };
        Assert.Equal(code, (await Client.SendAsync(HttpMethod.Post, "/pools/p1/enableautoscale", change)).Code);
    }

    private Task<Answer> AddScalingPoolAsync(string formula, string interval = "PT5M")
    {
        JsonObject pool = JsonNode.Parse(PoolBody(0, 1, "p1"))!.AsObject();
        pool.Remove("targetDedicatedNodes");
        pool["enableAutoScale"] = true;
        pool["autoScaleFormula"] = formula;
        pool["autoScaleEvaluationInterval"] = interval;
        return Client.SendAsync(HttpMethod.Post, "/pools", pool);
    }
}
