using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class LifecycleTests : ServerTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddPoolAsync(nodes: 2, slots: 2);
    }

    [Fact]
    public async Task A_task_waits_for_those_it_depends_on()
    {
        await AddJobAsync(""","usesTaskDependencies":true""");
        await AddTaskAsync("merge", "cat $AZ_BATCH_NODE_ROOT_DIR/../*/shared/done | wc -l", ""","dependsOn":{"taskIds":["a"],"taskIdRanges":[{"start":1,"end":2}]}""");
        foreach (string id in (string[])["a", "1", "2"])
        {
            await AddTaskAsync(id, "sleep 0.2; echo x >> $AZ_BATCH_NODE_SHARED_DIR/done");
        }

        await CompletedAsync("merge");

        Assert.Equal("3", (await OutputAsync("merge")).Trim());
    }

    [Theory]
    [InlineData("", "active")]
    [InlineData(""","exitConditions":{"exitCodes":[{"code":7,"exitOptions":{"dependencyAction":"satisfy"}}]}""", "completed")]
    [InlineData(""","exitConditions":{"exitCodeRanges":[{"start":5,"end":9,"exitOptions":{"dependencyAction":"satisfy"}}]}""", "completed")]
    [InlineData(""","exitConditions":{"default":{"dependencyAction":"satisfy"}}""", "completed")]
    public async Task A_failure_lets_dependents_start_only_by_its_exit_conditions(string conditions, string state)
    {
        await AddJobAsync(""","usesTaskDependencies":true""");
        await AddTaskAsync("first", "exit 7", conditions);
        await AddTaskAsync("second", "true", ""","dependsOn":{"taskIds":["first"]}""");
        await AddTaskAsync("third", "sleep 0.3");
        await CompletedAsync("first");
        await CompletedAsync("third");

        await WhenAsync("/jobs/j1/tasks/second", task => task["state"]!.ToString() == state);
    }

    [Fact]
    public async Task Dependencies_need_a_job_that_uses_them()
    {
        await AddJobAsync();

        Assert.Equal("TaskDependenciesNotSpecifiedOnJob", (await Client.PostAsync("/jobs/j1/tasks", TaskBody("t", "true", ""","dependsOn":{"taskIds":["x"]}"""))).Code);
    }

    [Fact]
    public async Task A_job_ends_with_its_tasks_when_it_is_told_to()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "sleep 0.3");
        Assert.Equal(HttpStatusCode.OK, (await Client.SendAsync(HttpMethod.Patch, "/jobs/j1", JsonNode.Parse("""{"onAllTasksComplete":"terminatejob"}"""))).Status);

        JsonNode job = await WhenAsync("/jobs/j1", found => found["state"]!.ToString() == "completed");

        Assert.Equal("AllTasksCompleted", job["executionInfo"]!["terminateReason"]!.ToString());
        Assert.Equal("JobCompleted", (await Client.PostAsync("/jobs/j1/tasks", TaskBody("late", "true"))).Code);
        Assert.Equal("completed", (await CompletedAsync("t"))["state"]!.ToString());
    }

    [Fact]
    public async Task A_failure_ends_a_job_that_acts_on_failures()
    {
        await AddJobAsync(""","onTaskFailure":"performexitoptionsjobaction" """);
        await AddTaskAsync("t", "exit 1");

        Assert.Equal("TaskFailed", (await WhenAsync("/jobs/j1", job => job["state"]!.ToString() == "completed"))["executionInfo"]!["terminateReason"]!.ToString());
    }

    [Fact]
    public async Task Terminating_a_job_ends_what_runs_and_leaves_the_rest_active()
    {
        await AddJobAsync(""","maxParallelTasks":1""");
        await AddTaskAsync("running", "sleep 60");
        await AddTaskAsync("waiting", "true");

        Assert.Equal(HttpStatusCode.Accepted, (await Client.PostAsync("/jobs/j1/terminate", """{"terminateReason":"enough"}""")).Status);
        JsonNode job = await WhenAsync("/jobs/j1", found => found["state"]!.ToString() == "completed");

        Assert.Equal("enough", job["executionInfo"]!["terminateReason"]!.ToString());
        Assert.Equal("TaskEnded", (await CompletedAsync("running"))["executionInfo"]!["failureInfo"]!["code"]!.ToString());
        Assert.Equal("active", (await Client.GetAsync("/jobs/j1/tasks/waiting")).Json["state"]!.ToString());
    }

    [Fact]
    public async Task A_deleted_jobs_id_is_not_free_before_it_is_gone()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "sleep 60");

        Assert.Equal(HttpStatusCode.Accepted, (await Client.DeleteAsync("/jobs/j1")).Status);
        Assert.Equal("JobBeingDeleted", (await Client.PostAsync("/jobs", """{"id":"j1","poolInfo":{"poolId":"p1"}}""")).Code);
        await GoneAsync("/jobs/j1");
        await AddJobAsync();
    }

    [Fact]
    public async Task A_task_can_be_ended_tried_anew_and_deleted()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "test -e $AZ_BATCH_NODE_ROOT_DIR/../go || sleep 60");
        await WhenAsync("/jobs/j1/tasks/t", task => task["state"]!.ToString() == "running");

        Assert.Equal(HttpStatusCode.NoContent, (await Client.PostAsync("/jobs/j1/tasks/t/terminate")).Status);
        Assert.Equal("TaskCompleted", (await Client.PostAsync("/jobs/j1/tasks/t/terminate")).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await Client.PostAsync("/jobs/j1/tasks/t/reactivate")).Status);
        Assert.Equal("TaskNotCompleted", (await Client.PostAsync("/jobs/j1/tasks/t/reactivate")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Client.DeleteAsync("/jobs/j1/tasks/t")).Status);
        Assert.Equal("TaskNotFound", (await Client.GetAsync("/jobs/j1/tasks/t")).Code);
        await WhenAsync("/pools/p1/nodes", nodes => nodes["value"]!.AsArray().All(node => node!["state"]!.ToString() == "idle"));
    }

    [Fact]
    public async Task A_success_is_not_tried_anew()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "true");
        await CompletedAsync("t");

        Assert.Equal("TaskSucceeded", (await Client.PostAsync("/jobs/j1/tasks/t/reactivate")).Code);
    }

    [Fact]
    public async Task A_pool_that_shrinks_to_nothing_and_grows_again_loses_no_task()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "sleep 1");
        await WhenAsync("/jobs/j1/tasks/t", task => task["state"]!.ToString() == "running");

        Assert.Equal(HttpStatusCode.Accepted, (await Client.PostAsync("/pools/p1/resize", """{"targetDedicatedNodes":0}""")).Status);
        await WhenAsync("/pools/p1", pool => (int)pool["currentDedicatedNodes"]! == 0 && pool["allocationState"]!.ToString() == "steady");
        Assert.Equal("active", (await Client.GetAsync("/jobs/j1/tasks/t")).Json["state"]!.ToString());
        await Client.PostAsync("/pools/p1/enableautoscale", """{"autoScaleFormula":"$TargetDedicatedNodes=1;"}""");

        Assert.Equal(1, (int)(await CompletedAsync("t"))["executionInfo"]!["requeueCount"]!);
    }

    [Fact]
    public async Task A_pool_made_for_a_job_goes_with_it()
    {
        JsonNode pool = JsonNode.Parse(PoolBody(1, 1, "x"))!;
        pool.AsObject().Remove("id");
        await Client.PostAsync("/jobs", $$"""{"id":"j1","poolInfo":{"autoPoolSpecification":{"poolLifetimeOption":"job","autoPoolIdPrefix":"auto","pool":{{pool.ToJsonString()}} } } }""");
        string id = (await Client.GetAsync("/jobs/j1")).Json["executionInfo"]!["poolId"]!.ToString();
        await AddTaskAsync("t", "true");
        await CompletedAsync("t");

        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync($"/pools/{id}")).Status);
        await Client.PostAsync("/jobs/j1/terminate");
        await GoneAsync($"/pools/{id}");
    }

    [Fact]
    public async Task A_node_that_goes_takes_its_start_task_along()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        string file = Path.Combine(folder.FullName, "pid");
        JsonNode pool = JsonNode.Parse(PoolBody(1, 1, "p2"))!;
        pool["startTask"] = new JsonObject { ["commandLine"] = $"/bin/sh -c 'echo $$ > {file}.new; mv {file}.new {file}; exec sleep 600'" };
        await Client.SendAsync(HttpMethod.Post, "/pools", pool);
        await UntilAsync(() => File.Exists(file));
        int id = int.Parse(await File.ReadAllTextAsync(file));

        await Client.DeleteAsync("/pools/p2");

        await UntilAsync(() => !Process.GetProcesses().Any(process => process.Id == id));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nodes_images_and_counts_can_be_seen()
    {
        Assert.Equal(2, (int)(await Client.GetAsync("/nodecounts")).Json["value"]![0]!["dedicated"]!["idle"]!);
        Assert.Equal(2, (await Client.GetAsync("/pools/p1/nodes")).Json["value"]!.AsArray().Count);
        Assert.Contains((await Client.GetAsync("/supportedimages")).Json["value"]!.AsArray(), image => image!["nodeAgentSKUId"]!.ToString() == "batch.node.ubuntu 24.04");
        Assert.Empty((await Client.GetAsync("/applications")).Json["value"]!.AsArray());
    }
}
