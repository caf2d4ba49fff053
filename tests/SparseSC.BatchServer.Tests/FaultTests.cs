using System.Net;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class FaultTests : ServerTest
{
    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(503, "ServerBusy")]
    public async Task A_busy_service_says_when_to_come_again(int status, string code)
    {
        await RestartAsync($$"""{"seed":1,"rules":[{"kind":"status","status":{{status}},"retryAfter":2,"path":"/pools","method":"GET","times":1}]}""");

        Answer busy = await Client.GetAsync("/pools");

        Assert.Equal(status, (int)busy.Status);
        Assert.Equal(code, busy.Code);
        Assert.Equal("2", busy.Headers["Retry-After"]);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/pools")).Status);
    }

    [Theory]
    [InlineData("before", HttpStatusCode.NotFound)]
    [InlineData("after", HttpStatusCode.OK)]
    public async Task A_connection_breaks_before_or_after_the_request_took_effect(string when, HttpStatusCode afterwards)
    {
        await RestartAsync($$"""{"seed":1,"rules":[{"kind":"drop","when":"{{when}}","path":"/pools","method":"POST","times":1}]}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.PostAsync("/pools", PoolBody(0, 1, "p1")));

        Assert.Equal(afterwards, (await Client.GetAsync("/pools/p1")).Status);
        Assert.Contains("POST /pools 0", Host.Requests.Lines);
    }

    [Fact]
    public async Task Some_tasks_of_a_collection_meet_a_problem_of_the_service()
    {
        await RestartAsync("""{"seed":1,"rules":[{"kind":"taskServerError","task":"t1*","times":1}]}""");
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();
        string collection = $$"""{"value":[{{TaskBody("t1", "true")}},{{TaskBody("t2", "true")}}]}""";

        JsonArray first = (await Client.PostAsync("/jobs/j1/addtaskcollection", collection)).Json["value"]!.AsArray();
        JsonArray second = (await Client.PostAsync("/jobs/j1/addtaskcollection", collection)).Json["value"]!.AsArray();

        Assert.Equal(["servererror", "Success"], first.Select(result => result!["status"]!.ToString()));
        Assert.Equal(["Success", "clienterror"], second.Select(result => result!["status"]!.ToString()));
    }

    [Fact]
    public async Task A_collection_is_too_large_until_it_is_halved()
    {
        await RestartAsync("""{"seed":1,"rules":[{"kind":"bodyTooLarge","maxTasks":1}]}""");
        await AddPoolAsync(nodes: 0);
        await AddJobAsync();

        Assert.Equal("RequestBodyTooLarge", (await Client.PostAsync("/jobs/j1/addtaskcollection", $$"""{"value":[{{TaskBody("a", "true")}},{{TaskBody("b", "true")}}]}""")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync("/jobs/j1/addtaskcollection", $$"""{"value":[{{TaskBody("a", "true")}}]}""")).Status);
    }

    [Fact]
    public async Task A_preempted_node_loses_its_files_and_its_task_runs_again()
    {
        await RestartAsync("""{"seed":1,"rules":[{"kind":"preempt","task":"t","seconds":0.5,"backAfter":0.3,"times":1}]}""");
        await AddPoolAsync();
        await AddJobAsync();
        await AddTaskAsync("t", "ls $AZ_BATCH_NODE_SHARED_DIR | wc -l; touch $AZ_BATCH_NODE_SHARED_DIR/lost; sleep 1");

        await WhenAsync("/pools/p1/nodes", nodes => nodes["value"]![0]!["state"]!.ToString() == "preempted");
        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal(1, (int)info["requeueCount"]!);
        Assert.Equal(0, (int)info["retryCount"]!);
        Assert.Equal("success", info["result"]!.ToString());
        Assert.Equal("0", (await OutputAsync("t")).Trim());
    }

    [Fact]
    public async Task A_node_out_of_memory_kills_the_process()
    {
        await RestartAsync("""{"seed":1,"rules":[{"kind":"outOfMemory","task":"t","seconds":0.2}]}""");
        await AddPoolAsync();
        await AddJobAsync();
        await AddTaskAsync("t", "sleep 60");

        JsonNode info = (await CompletedAsync("t"))["executionInfo"]!;

        Assert.Equal(137, (int)info["exitCode"]!);
        Assert.Equal("FailureExitCode", info["failureInfo"]!["code"]!.ToString());
    }

    [Theory]
    [InlineData("download", "BlobAccessDenied")]
    [InlineData("upload", "FileUploadAccessDenied")]
    public async Task A_signature_expires_once(string when, string code)
    {
        await RestartAsync($$"""{"seed":1,"rules":[{"kind":"expiredSas","when":"{{when}}","times":1}]}""");
        using Blobs blobs = new();
        blobs.Contents["/in/words"] = "carried";
        await AddPoolAsync();
        await AddJobAsync();
        await AddTaskAsync("t", "true", $$"""
            ,"resourceFiles":[{"httpUrl":"{{blobs.Url}}in/words?sig=good","filePath":"words"}],
            "outputFiles":[{"filePattern":"words","destination":{"container":{"containerUrl":"{{blobs.Url}}out?sig=good"} },"uploadOptions":{"uploadCondition":"tasksuccess"} }]
            """);

        JsonNode task = await CompletedAsync("t");
        Assert.Equal(code, task["executionInfo"]!["failureInfo"]!["code"]!.ToString());

        await Client.PostAsync("/jobs/j1/tasks/t/reactivate");
        Assert.Equal("success", (await CompletedAsync("t"))["executionInfo"]!["result"]!.ToString());
        Assert.Equal("carried", blobs.Contents["/out/words"]);
    }

    [Fact]
    public async Task Answers_can_be_slow_and_clocks_wrong()
    {
        await RestartAsync("""{"seed":1,"rules":[{"kind":"slow","seconds":0.4,"path":"/pools"},{"kind":"clockSkew","minutes":20}]}""");
        long start = Environment.TickCount64;

        Assert.Equal("AuthenticationFailed", (await Client.GetAsync("/pools")).Code);
        Assert.InRange(Environment.TickCount64 - start, 350, 60_000);
        Client.Clock = TimeSpan.FromMinutes(20);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/pools")).Status);
    }

    [Fact]
    public async Task Two_hundred_tasks_survive_everything_at_once()
    {
        await RestartAsync(
            """
            {"seed":7,"rules":[
              {"kind":"status","status":503,"path":"*addtaskcollection","probability":0.3},
              {"kind":"taskServerError","probability":0.1},
              {"kind":"bodyTooLarge","maxTasks":30},
              {"kind":"preempt","probability":0.05,"seconds":0.02,"backAfter":0.1,"times":5},
              {"kind":"outOfMemory","probability":0.05,"seconds":0,"times":5},
              {"kind":"slowDisk","probability":0.05,"seconds":0.05}]}
            """);
        await AddPoolAsync(nodes: 2, slots: 4);
        await AddJobAsync(""","constraints":{"maxTaskRetryCount":5}""");
        Queue<string> left = new(Enumerable.Range(0, 200).Select(task => $"t{task}"));
        while (left.Count > 0)
        {
            string[] batch = [.. Enumerable.Range(0, Math.Min(25, left.Count)).Select(_ => left.Dequeue())];
            Answer answer = await Client.PostAsync("/jobs/j1/addtaskcollection", $$"""{"value":[{{string.Join(',', batch.Select(id => TaskBody(id, "sleep 0.05; echo $AZ_BATCH_TASK_ID")))}}]}""");
            IEnumerable<string> again = answer.Status == HttpStatusCode.OK
                ? answer.Json["value"]!.AsArray().Where(result => result!["status"]!.ToString() == "servererror").Select(result => result!["taskId"]!.ToString())
                : batch;
            foreach (string id in again)
            {
                left.Enqueue(id);
            }
        }

        JsonNode counts = await WhenAsync("/jobs/j1/taskcounts", found => (int)found["taskCounts"]!["completed"]! == 200);

        Assert.Equal(200, (int)counts["taskCounts"]!["succeeded"]!);
        Assert.Contains((await Client.GetAsync("/jobs/j1/tasks?$select=executionInfo")).Json["value"]!.AsArray(), task => (int)task!["executionInfo"]!["requeueCount"]! > 0);
    }
}
