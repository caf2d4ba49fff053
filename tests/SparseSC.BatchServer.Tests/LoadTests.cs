using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class LoadTests : ServerTest
{
    [Fact]
    public async Task Twenty_thousand_tasks_are_taken_in_and_listed()
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (batch, _) =>
        {
            string tasks = string.Join(',', Enumerable.Range(batch * 100, 100).Select(task => TaskBody($"t{task}", "true")));
            JsonNode results = (await Client.PostAsync("/jobs/j1/addtaskcollection", $$"""{"value":[{{tasks}}]}""")).Json;
            Assert.All(results["value"]!.AsArray(), result => Assert.Equal("Success", result!["status"]!.ToString()));
        });

        HashSet<string> seen = [];
        string? next = "/jobs/j1/tasks?$select=id";
        while (next is not null)
        {
            JsonNode page = (await Client.GetAsync(next)).Json;
            Assert.All(page["value"]!.AsArray(), task => Assert.True(seen.Add(task!["id"]!.ToString())));
            next = page["odata.nextLink"]?.ToString() is { } link ? new Uri(link).PathAndQuery : null;
        }

        Assert.Equal(20_000, seen.Count);
    }

    [Fact]
    public async Task A_thousand_tasks_run_on_eight_slots()
    {
        await AddPoolAsync(nodes: 4, slots: 2);
        await AddJobAsync();
        for (int batch = 0; batch < 10; batch++)
        {
            string tasks = string.Join(',', Enumerable.Range(batch * 100, 100).Select(task => TaskBody($"t{task}", "echo $AZ_BATCH_TASK_ID")));
            await Client.PostAsync("/jobs/j1/addtaskcollection", $$"""{"value":[{{tasks}}]}""");
        }

        await WhenAsync("/jobs/j1/taskcounts", counts => (int)counts["taskCounts"]!["succeeded"]! == 1000);

        Assert.Equal("t777\n", await OutputAsync("t777"));
    }
}
