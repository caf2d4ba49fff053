using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Tests.Wire;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests;

public class TaskCollectionTests
{
    private static readonly BatchTaskAddOptions Fast = new() { ServerErrorDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Tasks_go_by_the_hundred_and_not_too_many_requests_at_once()
    {
        int now = 0;
        int most = 0;
        Job job = new();
        TaskCompletionSource two = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = new(async request =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            if (running >= 2)
            {
                two.TrySetResult();
            }

            // The first is not answered before there is a second, however slow the machine is.
            await two.Task.WaitAsync(HangGuard.Limit);
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            return job.Add(request);
        });

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(1234), Fast with { MaxDegreeOfParallelism = 3 });

        Assert.Equal(Enumerable.Range(0, 1234).Select(index => $"t{index}"), results.Select(result => result.TaskId));
        Assert.All(results, result => Assert.Equal(BatchTaskAddOutcome.Added, result.Outcome));
        Assert.Equal(1234, job.Ids.Count);
        Assert.Equal(13, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.InRange(request.Json().GetProperty("value").GetArrayLength(), 1, 100));
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task A_request_stays_under_a_megabyte()
    {
        Job job = new();
        await using LoopbackServer server = new(job.Add);

        await Submit(server, Tasks(100, commandLength: 30_000));

        Assert.Equal(100, job.Ids.Count);
        Assert.InRange(server.Requests.Count, 4, 5);
        Assert.All(server.Requests, request => Assert.InRange(request.Body.Length, 1, 999_999));
    }

    [Fact]
    public async Task What_the_service_failed_at_is_sent_again_under_the_same_ids()
    {
        Job job = new() { Fault = (id, attempt) => attempt <= 2 && id.EndsWith('7') ? "servererror" : null };
        await using LoopbackServer server = new(job.Add);

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(150));

        Assert.All(results, result => Assert.Equal(BatchTaskAddOutcome.Added, result.Outcome));
        Assert.Equal(150, job.Ids.Count);
        Assert.All(job.Attempts, pair => Assert.Equal(pair.Key.EndsWith('7') ? 3 : 1, pair.Value));
    }

    [Fact]
    public async Task A_task_that_a_failed_attempt_added_all_the_same_is_there()
    {
        Job job = new() { Fault = (id, attempt) => attempt == 1 && id == "t3" ? "servererror, yet added" : null };
        await using LoopbackServer server = new(job.Add);

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(10));

        Assert.Equal(BatchTaskAddOutcome.AlreadyThere, results[3].Outcome);
        Assert.All(results, result => Assert.True(result.IsInJob));
        Assert.Equal(10, job.Ids.Count);
    }

    [Fact]
    public async Task Tasks_whose_answer_was_lost_are_there()
    {
        Job job = new();
        int attempts = 0;
        await using LoopbackServer server = new(request =>
        {
            WireReply reply = job.Add(request);
            return Interlocked.Increment(ref attempts) == 1 ? WireReply.Lost : reply;
        });

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(10));

        Assert.All(results, result => Assert.Equal(BatchTaskAddOutcome.AlreadyThere, result.Outcome));
        Assert.Equal(10, job.Ids.Count);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_task_of_another_submission_is_reported()
    {
        Job job = new();
        job.Ids.TryAdd("t1", 0);
        await using LoopbackServer server = new(job.Add);

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(3));
        IReadOnlyList<BatchTaskAddResult> again = await Submit(server, Tasks(3), Fast with { AcceptExisting = true });

        Assert.Equal([BatchTaskAddOutcome.Added, BatchTaskAddOutcome.Rejected, BatchTaskAddOutcome.Added], results.Select(result => result.Outcome));
        Assert.Equal("TaskExists", results[1].Error?.Code);
        Assert.All(again, result => Assert.Equal(BatchTaskAddOutcome.AlreadyThere, result.Outcome));
    }

    [Fact]
    public async Task A_wrong_task_is_reported_and_keeps_none_out()
    {
        Job job = new() { Fault = (id, _) => id == "t5" ? "clienterror" : null };
        await using LoopbackServer server = new(job.Add);

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(120));

        BatchTaskAddResult wrong = Assert.Single(results, result => !result.IsInJob);
        Assert.Equal(("t5", BatchTaskAddOutcome.Rejected), (wrong.TaskId, wrong.Outcome));
        Assert.Equal("InvalidPropertyValue", wrong.Error?.Code);
        Assert.Equal("commandLine", Assert.Single(wrong.Error!.Values!).Value);
        Assert.Equal(119, job.Ids.Count);
        Assert.Equal(1, job.Attempts["t5"]);
    }

    [Fact]
    public async Task What_the_service_keeps_failing_at_is_reported_in_the_end()
    {
        Job job = new() { Fault = (id, _) => id == "t5" ? "servererror" : null };
        await using LoopbackServer server = new(job.Add);

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(10), Fast with { MaxServerErrorRetries = 2 });

        BatchTaskAddResult failed = Assert.Single(results, result => !result.IsInJob);
        Assert.Equal(("t5", BatchTaskAddOutcome.ServerFailed), (failed.TaskId, failed.Outcome));
        Assert.Equal(3, job.Attempts["t5"]);
    }

    [Fact]
    public async Task A_task_the_answer_forgets_is_sent_again()
    {
        Job job = new() { Fault = (id, attempt) => attempt == 1 && id == "t2" ? "forgotten" : null };
        await using LoopbackServer server = new(job.Add);

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(5));

        Assert.All(results, result => Assert.True(result.IsInJob));
        Assert.Equal(5, job.Ids.Count);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_halved_until_it_fits()
    {
        Job job = new();
        await using LoopbackServer server = new(request =>
            request.Json().GetProperty("value").GetArrayLength() > 13 ? WireReply.Error(413, "RequestBodyTooLarge") : job.Add(request));

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(250));

        Assert.All(results, result => Assert.Equal(BatchTaskAddOutcome.Added, result.Outcome));
        Assert.Equal(Enumerable.Range(0, 250).Select(index => $"t{index}"), results.Select(result => result.TaskId));
        Assert.All(job.Attempts, pair => Assert.Equal(1, pair.Value));
    }

    [Fact]
    public async Task A_task_too_large_by_itself_is_reported_and_keeps_none_out()
    {
        Job job = new();
        await using LoopbackServer server = new(request =>
            request.Json().GetProperty("value").EnumerateArray().Any(task => task.GetProperty("id").GetString() == "t4")
                ? WireReply.Error(413, "RequestBodyTooLarge")
                : job.Add(request));

        IReadOnlyList<BatchTaskAddResult> results = await Submit(server, Tasks(10));

        BatchTaskAddResult large = Assert.Single(results, result => !result.IsInJob);
        Assert.Equal(("t4", "RequestBodyTooLarge"), (large.TaskId, large.Error?.Code));
        Assert.Equal(9, job.Ids.Count);
    }

    // One request at a time makes a seed say all; several at once are what users have.
    [Theory]
    [InlineData(17, 1)]
    [InlineData(18, 1)]
    [InlineData(19, 8)]
    public async Task All_faults_together_lose_nothing_and_add_nothing_twice(int seed, int parallelism)
    {
        Random random = new(seed);
        Job job = new() { Fault = (_, attempt) => attempt < 4 && Draw() < 0.2 ? (Draw() < 0.5 ? "servererror" : "servererror, yet added") : null };
        await using LoopbackServer server = new(request => Draw() switch
        {
            < 0.1 => WireReply.Error(429, "TooManyRequests", "Later.", ("Retry-After", "0")),
            < 0.2 => WireReply.Error(503, "ServerBusy"),
            < 0.25 => WireReply.Lost,
            < 0.3 => After(job.Add(request), WireReply.Lost),
            < 0.4 when request.Json().GetProperty("value").GetArrayLength() > 1 => WireReply.Error(413, "RequestBodyTooLarge"),
            _ => job.Add(request),
        });

        IReadOnlyList<BatchTaskAddResult> results = await TestAccount.Client(server, options => options.Retry.MaxRetries = 20)
            .Tasks.AddCollectionAsync("j", Tasks(2000), Fast with { MaxDegreeOfParallelism = parallelism });

        Assert.All(results, result => Assert.True(result.IsInJob, $"{result.TaskId}: {result.Outcome}"));
        Assert.Equal(2000, job.Ids.Count);

        double Draw()
        {
            lock (random)
            {
                return random.NextDouble();
            }
        }

        static WireReply After(WireReply _, WireReply then) => then;
    }

    [Fact]
    public async Task A_doubled_id_is_refused_before_anything_is_sent()
    {
        await using LoopbackServer server = new(new Job().Add);

        InvalidInputException error = await Assert.ThrowsAsync<InvalidInputException>(() => Submit(server, [.. Tasks(3), new() { Id = "T1", CommandLine = "c" }]));

        Assert.Equal("BatchTaskIdDuplicate", error.ErrorId);
        Assert.Contains("'T1'", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_an_error()
    {
        await using LoopbackServer server = new(_ => WireReply.Error(404, "JobNotFound"));

        Assert.Equal("JobNotFound", (await Assert.ThrowsAsync<RequestFailedException>(() => Submit(server, Tasks(500)))).ErrorCode);
    }

    [Fact]
    public async Task Progress_counts_what_is_settled()
    {
        ConcurrentQueue<int> seen = [];
        await using LoopbackServer server = new(new Job().Add);

        await Submit(server, Tasks(230), Fast with { Progress = new Heard(seen.Enqueue) });

        Assert.Equal(Enumerable.Range(1, 230), seen.Order());
    }

    [Fact]
    public async Task No_tasks_are_no_request()
    {
        await using LoopbackServer server = new(new Job().Add);

        Assert.Empty(await Submit(server, []));
        Assert.Empty(server.Requests);
    }

    private static Task<IReadOnlyList<BatchTaskAddResult>> Submit(LoopbackServer server, IEnumerable<BatchTaskCreateOptions> tasks, BatchTaskAddOptions? options = null) =>
        TestAccount.Client(server).Tasks.AddCollectionAsync("j", tasks, options ?? Fast);

    private static IEnumerable<BatchTaskCreateOptions> Tasks(int count, int commandLength = 10) => Enumerable.Range(0, count)
        .Select(index => new BatchTaskCreateOptions { Id = $"t{index}", CommandLine = new string('c', commandLength) });

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private sealed class Heard(Action<int> hear) : IProgress<int>
    {
        public void Report(int value) => hear(value);
    }

    /// <summary>A job that takes tasks as the service does, and fails as it is told.</summary>
    private sealed class Job
    {
        public ConcurrentDictionary<string, int> Ids { get; } = new();

        public ConcurrentDictionary<string, int> Attempts { get; } = new();

        /// <summary>By id and attempt: null, <c>clienterror</c>, <c>servererror</c>, <c>servererror, yet added</c> or <c>forgotten</c>.</summary>
        public Func<string, int, string?> Fault { get; init; } = (_, _) => null;

        public WireReply Add(WireRequest request)
        {
            JsonArray results = [];
            foreach (JsonElement task in request.Json().GetProperty("value").EnumerateArray())
            {
                string id = task.GetProperty("id").GetString()!;
                int attempt = Attempts.AddOrUpdate(id, 1, (_, count) => count + 1);
                if (Result(id, Fault(id, attempt)) is { } result)
                {
                    result["taskId"] = id;
                    results.Add(result);
                }
            }

            return new WireReply(200, new JsonObject { ["value"] = results }.ToJsonString());
        }

        private JsonObject? Result(string id, string? fault)
        {
            switch (fault)
            {
                case "forgotten":
                    return null;
                case "clienterror":
                    return Failed("ClientError", "InvalidPropertyValue", new JsonObject { ["key"] = "PropertyName", ["value"] = "commandLine" });
                case "servererror, yet added":
                    Ids.TryAdd(id, 0);
                    return Failed("ServerError", "InternalError");
                case "servererror":
                    return Failed("ServerError", "InternalError");
                default:
                    return Ids.TryAdd(id, 0) ? new JsonObject { ["status"] = "Success" } : Failed("ClientError", "TaskExists");
            }
        }

        private static JsonObject Failed(string status, string code, params JsonNode[] values) => new()
        {
            ["status"] = status,
            ["error"] = new JsonObject { ["code"] = code, ["message"] = new JsonObject { ["lang"] = "en-US", ["value"] = "No." }, ["values"] = new JsonArray(values) },
        };
    }
}
