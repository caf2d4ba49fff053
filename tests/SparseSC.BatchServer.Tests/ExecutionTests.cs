using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class ExecutionTests : ServerTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddPoolAsync(nodes: 2, slots: 2);
    }

    [Fact]
    public async Task A_task_finds_itself_in_its_environment_and_its_directory()
    {
        await AddJobAsync(""","commonEnvironmentSettings":[{"name":"COLOUR","value":"red"}]""");
        await AddTaskAsync("t", "echo $AZ_BATCH_JOB_ID/$AZ_BATCH_TASK_ID/$AZ_BATCH_POOL_ID/$COLOUR/$SIZE; pwd; echo $AZ_BATCH_TASK_WORKING_DIR; echo problem >&2; echo $AZ_BATCH_NODE_ID",
            ""","environmentSettings":[{"name":"SIZE","value":"large"}]""");

        JsonNode task = await CompletedAsync("t");
        string[] lines = (await OutputAsync("t")).Split('\n');

        Assert.Equal("j1/t/p1/red/large", lines[0]);
        Assert.Equal(lines[1], lines[2]);
        Assert.Equal(task["nodeInfo"]!["nodeId"]!.ToString(), lines[3]);
        Assert.Equal("problem\n", await OutputAsync("t", "stderr.txt"));
        Assert.Equal("success", task["executionInfo"]!["result"]!.ToString());
        Assert.Equal(0, (int)task["executionInfo"]!["exitCode"]!);
    }

    [Fact]
    public async Task No_shell_reads_a_command_line_unless_it_asks_for_one()
    {
        await AddJobAsync();
        await Client.PostAsync("/jobs/j1/tasks", """{"id":"t","commandLine":"echo $HOME \"two words\" 'and | this' > file"}""");

        await CompletedAsync("t");

        Assert.Equal("$HOME two words and | this > file\n", await OutputAsync("t"));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_failure_with_its_own_code()
    {
        await AddJobAsync();
        await Client.PostAsync("/jobs/j1/tasks", """{"id":"t","commandLine":"no-such-program --now"}""");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal("CommandProgramNotFound", info["failureInfo"]!["code"]!.ToString());
        Assert.Null(info["exitCode"]);
    }

    [Fact]
    public async Task Failures_are_tried_again_as_often_as_allowed()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "exit 3", ""","constraints":{"maxTaskRetryCount":2}""");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal(2, (int)info["retryCount"]!);
        Assert.Equal(3, (int)info["exitCode"]!);
        Assert.Equal("FailureExitCode", info["failureInfo"]!["code"]!.ToString());
        Assert.Equal("UserError", info["failureInfo"]!["category"]!.ToString());
    }

    [Fact]
    public async Task A_task_that_runs_too_long_is_ended()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "sleep 60", ""","constraints":{"maxWallClockTime":"PT0.3S","maxTaskRetryCount":3}""");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal("TaskEnded", info["failureInfo"]!["code"]!.ToString());
        Assert.Equal(0, (int)info["retryCount"]!);
    }

    [Fact]
    public async Task Only_as_many_tasks_run_as_there_are_slots()
    {
        await AddJobAsync();
        for (int task = 0; task < 12; task++)
        {
            await AddTaskAsync($"t{task}", "sleep 0.2");
        }

        int most = 0;
        await WhenAsync("/jobs/j1/taskcounts", counts =>
        {
            most = Math.Max(most, (int)counts["taskCounts"]!["running"]!);
            return (int)counts["taskCounts"]!["succeeded"]! == 12;
        });

        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public async Task Files_are_brought_and_taken_by_their_signatures()
    {
        using Blobs blobs = new();
        blobs.Contents["/in/words"] = "carried";
        await AddJobAsync();
        await AddTaskAsync("t", "mkdir out; cat deep/words > out/copy.txt; touch out/other.dat",
            $$"""
            ,"resourceFiles":[{"httpUrl":"{{blobs.Url}}in/words?sig=good","filePath":"deep/words"}],
            "outputFiles":[{"filePattern":"out/*.txt","destination":{"container":{"containerUrl":"{{blobs.Url}}out?sig=good","path":"t"} },"uploadOptions":{"uploadCondition":"tasksuccess"} },
            {"filePattern":"../stdout.txt","destination":{"container":{"containerUrl":"{{blobs.Url}}out?sig=good","path":"log.txt"} },"uploadOptions":{"uploadCondition":"taskcompletion"} },
            {"filePattern":"../std*.txt","destination":{"container":{"containerUrl":"{{blobs.Url}}out?sig=good","path":"never"} },"uploadOptions":{"uploadCondition":"taskfailure"} }]
            """);

        JsonNode task = await CompletedAsync("t");

        Assert.Equal("success", task["executionInfo"]!["result"]!.ToString());
        Assert.Equal(["/in/words", "/out/log.txt", "/out/t/copy.txt"], blobs.Contents.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("carried", blobs.Contents["/out/t/copy.txt"]);
        Assert.Equal("TaskSuccess", task["outputFiles"]![0]!["uploadOptions"]!["uploadCondition"]!.ToString());
    }

    [Theory]
    [InlineData("in/words?sig=old", "BlobAccessDenied")]
    [InlineData("in/none?sig=good", "BlobNotFound")]
    public async Task A_file_that_cannot_be_had_fails_the_task_and_its_signature_stays_secret(string address, string code)
    {
        using Blobs blobs = new();
        blobs.Contents["/in/words"] = "carried";
        await AddJobAsync();
        await AddTaskAsync("t", "true", $$""","resourceFiles":[{"httpUrl":"{{blobs.Url}}{{address}}","filePath":"words"}]""");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal(code, info["failureInfo"]!["code"]!.ToString());
        Assert.DoesNotContain("sig=", info.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_file_cannot_leave_the_tasks_directory()
    {
        using Blobs blobs = new();
        await AddJobAsync();
        await AddTaskAsync("t", "true", $$""","resourceFiles":[{"httpUrl":"{{blobs.Url}}x?sig=good","filePath":"../../../escape"}]""");

        Assert.Equal("InvalidFilePath", (await CompletedAsync("t"))["executionInfo"]!["failureInfo"]!["code"]!.ToString());
    }

    [Fact]
    public async Task A_refused_upload_fails_the_task_and_keeps_the_exit_code()
    {
        using Blobs blobs = new();
        await AddJobAsync();
        await AddTaskAsync("t", "true", $$""","outputFiles":[{"filePattern":"../std*.txt","destination":{"container":{"containerUrl":"{{blobs.Url}}out?sig=old"} },"uploadOptions":{"uploadCondition":"taskcompletion"} }]""");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal("FileUploadAccessDenied", info["failureInfo"]!["code"]!.ToString());
        Assert.Equal(0, (int)info["exitCode"]!);
    }

    [Fact]
    public async Task Files_are_listed_ranged_and_deleted()
    {
        await AddJobAsync();
        await AddTaskAsync("t", "mkdir \"a b\"; printf 0123456789 > \"a b/c d.txt\"");
        await CompletedAsync("t");

        IEnumerable<string> names = (await Client.GetAsync("/jobs/j1/tasks/t/files?recursive=true")).Json["value"]!.AsArray().Select(file => file!["name"]!.ToString());
        Answer part = await Client.SendAsync(HttpMethod.Get, "/jobs/j1/tasks/t/files/wd%2Fa%20b%2Fc%20d.txt", null, ("ocp-range", "bytes=2-4"));
        Answer head = await Client.SendAsync(HttpMethod.Head, "/jobs/j1/tasks/t/files/wd%2Fa%20b%2Fc%20d.txt");

        Assert.Equal(["stderr.txt", "stdout.txt", "wd", "wd/a b", "wd/a b/c d.txt"], names);
        Assert.Equal((HttpStatusCode.OK, "234"), (part.Status, part.Text));
        Assert.Equal("false", head.Headers["ocp-batch-file-isdirectory"]);
        Assert.Equal($"{Host.Url}jobs/j1/tasks/t/files/wd/a b/c d.txt", Uri.UnescapeDataString(head.Headers["ocp-batch-file-url"]));
        Assert.Equal("FileNotFound", (await Client.GetAsync("/jobs/j1/tasks/t/files/..%2F..%2F..%2F..%2Fother")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Client.DeleteAsync("/jobs/j1/tasks/t/files/wd?recursive=true")).Status);
        Assert.Equal("FileNotFound", (await Client.GetAsync("/jobs/j1/tasks/t/files/wd/a%20b/c%20d.txt")).Code);
    }

    [Fact]
    public async Task A_start_task_prepares_every_node_first()
    {
        JsonNode pool = JsonNode.Parse(PoolBody(1, 1, "p2"))!;
        pool["startTask"] = JsonNode.Parse("""{"commandLine":"/bin/sh -c 'sleep 0.3; echo ready > $AZ_BATCH_NODE_SHARED_DIR/mark'","waitForSuccess":true}""");
        await Client.SendAsync(HttpMethod.Post, "/pools", pool);
        await Client.PostAsync("/jobs", """{"id":"j1","poolInfo":{"poolId":"p2"}}""");
        await AddTaskAsync("t", "cat $AZ_BATCH_NODE_SHARED_DIR/mark");

        await CompletedAsync("t");

        Assert.Equal("ready\n", await OutputAsync("t"));
        Assert.Equal("success", (await Client.GetAsync("/pools/p2/nodes")).Json["value"]![0]!["startTaskInfo"]!["result"]!.ToString());
    }
}
