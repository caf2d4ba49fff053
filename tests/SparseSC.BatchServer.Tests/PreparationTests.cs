using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class PreparationTests : ServerTest
{
    private const string Status = "/jobs/j1/jobpreparationandreleasetaskstatus";

    [Fact]
    public async Task A_preparation_runs_once_on_every_node_before_the_first_task_and_the_release_after_the_last()
    {
        await AddPoolAsync(nodes: 2);
        string log = Path.Combine(Directory.CreateTempSubdirectory().FullName, "log");
        await AddJobAsync($$"""
            ,"jobPreparationTask":{"commandLine":"/bin/sh -c 'sleep 0.3; echo prepared > ready; echo prepare $AZ_BATCH_TASK_ID >> {{log}}'"},
            "jobReleaseTask":{"commandLine":"/bin/sh -c 'cat $AZ_BATCH_JOB_PREP_WORKING_DIR/ready; echo release $AZ_BATCH_TASK_ID >> {{log}}'"}
            """);
        for (int task = 0; task < 6; task++)
        {
            await AddTaskAsync($"t{task}", $"cat $AZ_BATCH_JOB_PREP_WORKING_DIR/ready; echo task >> {log}; sleep 0.2");
        }

        await WhenAsync("/jobs/j1/taskcounts", counts => (int)counts["taskCounts"]!["succeeded"]! == 6);
        Assert.Equal("prepared\n", await OutputAsync("t5"));
        await Client.PostAsync("/jobs/j1/terminate");
        await WhenAsync("/jobs/j1", job => job["state"]!.ToString() == "completed");
        JsonArray nodes = (await Client.GetAsync(Status)).Json["value"]!.AsArray();
        string[] lines = await File.ReadAllLinesAsync(log);

        Assert.Equal(2, nodes.Count);
        Assert.All(nodes, node => Assert.Equal(("completed", "success"), State(node!, "Preparation")));
        Assert.All(nodes, node => Assert.Equal(("completed", "success"), State(node!, "Release")));
        Assert.Equal(2, lines.Count(line => line == "prepare jobpreparation"));
        Assert.Equal(["release jobrelease", "release jobrelease"], lines[^2..]);
        JsonNode first = nodes[0]!;
        Answer output = await Client.GetAsync($"/pools/p1/nodes/{first["nodeId"]}/files/{first["jobReleaseTaskExecutionInfo"]!["taskRootDirectory"]}/stdout.txt");
        Assert.Equal("prepared\n", output.Text);
        Directory.Delete(Path.GetDirectoryName(log)!, recursive: true);
    }

    [Fact]
    public async Task A_failed_preparation_leaves_the_tasks_active_for_ever()
    {
        await AddPoolAsync();
        await AddJobAsync(""","jobPreparationTask":{"id":"prep","commandLine":"/bin/sh -c 'exit 3'","constraints":{"maxTaskRetryCount":1} } """);
        await AddTaskAsync("t", "true");

        JsonNode status = await WhenAsync(Status, found => found["value"]!.AsArray() is [{ } only] && State(only, "Preparation").State == "completed");
        await Client.PostAsync("/jobs", """{"id":"j2","poolInfo":{"poolId":"p1"}}""");
        await Client.PostAsync("/jobs/j2/tasks", TaskBody("other", "true"));
        await WhenAsync("/jobs/j2/tasks/other", task => task["state"]!.ToString() == "completed");

        JsonNode info = status["value"]![0]!["jobPreparationTaskExecutionInfo"]!;
        Assert.Equal("failure", info["result"]!.ToString());
        Assert.Equal(3, (int)info["exitCode"]!);
        Assert.Equal(1, (int)info["retryCount"]!);
        Assert.Equal("active", (await Client.GetAsync("/jobs/j1/tasks/t")).Json["state"]!.ToString());
        Assert.Equal("idle", (await Client.GetAsync("/pools/p1/nodes")).Json["value"]![0]!["state"]!.ToString());
    }

    [Fact]
    public async Task A_node_made_anew_is_prepared_anew()
    {
        await AddPoolAsync();
        await AddJobAsync(""","jobPreparationTask":{"commandLine":"/bin/sh -c 'test -e $AZ_BATCH_NODE_ROOT_DIR/../go'"}""");
        await AddTaskAsync("t", "true");
        JsonNode failed = await WhenAsync(Status, found => found["value"]!.AsArray() is [{ } only] && State(only, "Preparation") == ("completed", "failure"));
        string node = failed["value"]![0]!["nodeId"]!.ToString();

        await WhenAsync("/jobs/j1/tasks/t", task => task["state"]!.ToString() == "active");
        await Client.PostAsync("/jobs", """{"id":"j2","poolInfo":{"poolId":"p1"}}""");
        await Client.PostAsync("/jobs/j2/tasks", TaskBody("go", "touch $AZ_BATCH_NODE_ROOT_DIR/../go"));
        await WhenAsync("/jobs/j2/tasks/go", task => task["state"]!.ToString() == "completed");
        Assert.Equal(HttpStatusCode.Accepted, (await Client.PostAsync($"/pools/p1/nodes/{node}/reimage")).Status);

        await CompletedAsync("t");
        Assert.Equal(2, (await Client.GetAsync(Status)).Json["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task Tasks_do_not_wait_for_a_preparation_that_need_not_succeed()
    {
        await AddPoolAsync();
        await AddJobAsync(""","jobPreparationTask":{"commandLine":"sleep 60","waitForSuccess":false}""");
        await AddTaskAsync("t", "true");

        await CompletedAsync("t");

        Assert.Equal("running", State((await Client.GetAsync(Status)).Json["value"]![0]!, "Preparation").State);
    }

    [Fact]
    public async Task Preparations_have_the_services_rules()
    {
        await AddPoolAsync(nodes: 0);
        await AddJobAsync(""","jobPreparationTask":{"commandLine":"true"},"jobReleaseTask":{"id":"bye","commandLine":"true"}""");
        await AddJobAsync(id: "plain");

        Assert.Equal("TaskIdSameAsJobPreparationTask", (await Client.PostAsync("/jobs/j1/tasks", TaskBody("jobpreparation", "true"))).Code);
        Assert.Equal("TaskIdSameAsJobReleaseTask", (await Client.PostAsync("/jobs/j1/tasks", TaskBody("bye", "true"))).Code);
        Assert.Equal("JobPreparationTaskNotSpecified", (await Client.GetAsync("/jobs/plain/jobpreparationandreleasetaskstatus")).Code);
        Assert.Equal("InvalidPropertyValue", (await Client.PostAsync("/jobs", """{"id":"x","poolInfo":{"poolId":"p1"},"jobReleaseTask":{"commandLine":"true"}}""")).Code);
        Assert.Equal("InvalidPropertyValue", (await Client.PostAsync("/jobs", """{"id":"x","poolInfo":{"poolId":"p1"},"jobManagerTask":{"id":"m","commandLine":"true"}}""")).Code);
        Assert.Empty((await Client.GetAsync(Status)).Json["value"]!.AsArray());
    }

    private static (string State, string? Result) State(JsonNode node, string kind)
    {
        JsonNode info = node[$"job{kind}TaskExecutionInfo"]!;
        return (info["state"]!.ToString(), info["result"]?.ToString());
    }
}
