using System.Text.Json;
using Azure;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Tests.Wire;

namespace SparseSC.Azure.Tests;

/// <summary>What the real service once answered.</summary>
public class RecordingTests
{
    private static readonly JsonElement[] Records =
    [
        .. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "tests", "data", "spec", "service-recordings.json")))
            .RootElement.GetProperty("records").EnumerateArray(),
    ];

    [Fact]
    public async Task An_error_has_its_code_message_and_values()
    {
        await using LoopbackServer server = Replay("GET /pools");

        RequestFailedException error = await Assert.ThrowsAsync<RequestFailedException>(async () => await TestAccount.Client(server).Pools.ListAsync().FirstOrDefaultAsync());

        Assert.Equal(400, error.Status);
        Assert.Equal("InvalidQueryParameterValue", error.ErrorCode);
        Assert.Contains("Value for one of the query parameters", error.Message, StringComparison.Ordinal);
        Assert.Equal("maxresults", error.Data["QueryParameterName"]);
        Assert.Equal("MaxResults cannot be less than 1", error.Data["Reason"]);
    }

    [Fact]
    public async Task A_task_is_added()
    {
        await using LoopbackServer server = Replay("POST /jobs/J/tasks?");

        Response response = await TestAccount.Client(server).Tasks.AddAsync("J", new BatchTaskCreateOptions { Id = "T", CommandLine = "cmd /c echo hello > taskHello.txt" });

        Assert.Equal(201, response.Status);
        Assert.Equal(new ETag("0x8DC0DBE419F7A4B"), response.GetBatchETag());
        string recorded = Records.Select(record => record.GetProperty("request").GetString()!).Single(text => text.StartsWith("POST /jobs/J/tasks?", StringComparison.Ordinal));
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(recorded[recorded.IndexOf('{', StringComparison.Ordinal)..]).RootElement, Assert.Single(server.Requests).Json()));
    }

    [Fact]
    public async Task A_task_is_terminated()
    {
        await using LoopbackServer server = Replay("POST /jobs/J/tasks/T/terminate");

        Response response = await TestAccount.Client(server).Tasks.TerminateAsync("J", "T");

        Assert.Equal(204, response.Status);
        Assert.Equal("0", Assert.Single(server.Requests).Header("Content-Length"));
    }

    [Fact]
    public async Task Tasks_are_listed()
    {
        await using LoopbackServer server = Replay("GET /jobs/J/tasks");

        List<BatchTask> tasks = await TestAccount.Client(server).Tasks.ListAsync("J").ToListAsync();

        Assert.Equal(["T1", "T2"], tasks.Select(task => task.Id));
        BatchTask first = tasks[0];
        Assert.Equal(new ETag("0x8DC0DBE42D1E1FE"), first.ETag);
        Assert.Equal(new DateTimeOffset(2024, 1, 5, 7, 16, 37, TimeSpan.Zero).AddTicks(5_685_707), first.CreationTime);
        Assert.Equal(BatchTaskState.Active, first.State);
        Assert.Equal(BatchTaskState.Completed, first.PreviousState);
        Assert.Equal(BatchAutoUserScope.Pool, first.UserIdentity?.AutoUser?.Scope);
        Assert.Equal(BatchElevationLevel.NonAdmin, first.UserIdentity?.AutoUser?.ElevationLevel);
        Assert.True(BatchDuration.IsNoLimit(first.Constraints!.MaxWallClockTime));
        Assert.Equal(TimeSpan.FromDays(7), first.Constraints.RetentionTime);
        Assert.Equal(0, first.ExecutionInfo?.RetryCount);
        BatchOutputFile output = Assert.Single(tasks[1].OutputFiles!);
        Assert.Equal(BatchOutputFileUploadCondition.TaskCompletion, output.UploadOptions.UploadCondition);
        Assert.Equal("x-ms-blob-content-type", Assert.Single(output.Destination.Container!.UploadHeaders!).Name);
    }

    private static LoopbackServer Replay(string request)
    {
        JsonElement record = Records.Single(candidate => candidate.GetProperty("request").GetString()!.StartsWith(request, StringComparison.Ordinal));
        (string, string)[] headers =
        [
            .. record.GetProperty("headers").EnumerateObject()
                .Where(header => header.Name is not ("Content-Type" or "Content-Length" or "Transfer-Encoding"))
                .Select(header => (header.Name, header.Value.GetString()!)),
        ];
        JsonElement body = record.GetProperty("body");
        WireReply reply = new(record.GetProperty("status").GetInt32(), body.ValueKind == JsonValueKind.Null ? null : body.GetRawText(), headers);
        return new LoopbackServer(_ => reply);
    }
}
