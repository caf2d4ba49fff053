using System.Diagnostics;
using System.Text;
using Azure;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Tests.Wire;

namespace SparseSC.Azure.Tests;

public class FaultTests
{
    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(503, "ServerBusy")]
    public async Task A_busy_service_is_asked_again_when_it_said(int status, string code)
    {
        int attempts = 0;
        await using LoopbackServer server = new(_ => Interlocked.Increment(ref attempts) == 1
            ? WireReply.Error(status, code, "Later.", ("Retry-After", "1"))
            : new WireReply(200, "{\"id\":\"p\",\"state\":\"Active\"}"));
        Stopwatch clock = Stopwatch.StartNew();

        BatchPool pool = await TestAccount.Client(server).Pools.GetAsync("p");

        Assert.Equal(BatchPoolState.Active, pool.State);
        Assert.Equal(2, server.Requests.Count);
        Assert.True(clock.Elapsed.TotalSeconds >= 0.95, "It was asked again before it said.");
        Assert.All(server.Requests, TestAccount.AssertSigned);
    }

    [Fact]
    public async Task A_signature_is_never_older_than_its_attempt()
    {
        int attempts = 0;
        await using LoopbackServer server = new(_ => Interlocked.Increment(ref attempts) == 1
            ? WireReply.Error(503, "ServerBusy", "Later.", ("Retry-After", "2"))
            : new WireReply(202));

        await TestAccount.Client(server).Jobs.DeleteAsync("j");

        Assert.Equal(2, server.Requests.Select(request => request.Header("ocp-date")).Distinct().Count());
        Assert.All(server.Requests, TestAccount.AssertSigned);
    }

    [Fact]
    public async Task A_lost_connection_is_made_again()
    {
        int attempts = 0;
        await using LoopbackServer server = new(_ => Interlocked.Increment(ref attempts) == 1 ? WireReply.Lost : new WireReply(201));

        await TestAccount.Client(server).Tasks.AddAsync("j", new BatchTaskCreateOptions { Id = "t", CommandLine = "c" });

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_stays_broken_is_an_error_with_its_code()
    {
        await using LoopbackServer server = new(_ => WireReply.Error(500, "InternalError", "Broken."));

        RequestFailedException error = await Assert.ThrowsAsync<RequestFailedException>(() => TestAccount.Client(server).Jobs.GetAsync("j"));

        Assert.Equal("InternalError", error.ErrorCode);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_not_asked_again()
    {
        await using LoopbackServer server = new(_ => WireReply.Error(404, "JobNotFound", "The specified job does not exist."));

        RequestFailedException error = await Assert.ThrowsAsync<RequestFailedException>(() => TestAccount.Client(server).Jobs.GetAsync("j"));

        Assert.Equal((404, "JobNotFound"), (error.Status, error.ErrorCode));
        Assert.Contains("The specified job does not exist.", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    public async Task A_pool_exists_or_not(int status, bool expected)
    {
        await using LoopbackServer server = new(_ => new WireReply(status));

        Assert.Equal(expected, (await TestAccount.Client(server).Pools.ExistsAsync("p")).Value);
    }

    [Fact]
    public async Task Whether_a_pool_exists_is_not_known_when_one_may_not_ask()
    {
        await using LoopbackServer server = new(_ => new WireReply(403));

        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => TestAccount.Client(server).Pools.ExistsAsync("p"))).Status);
    }

    [Theory]
    [InlineData("<html>Sign in to the hotel's network</html>")]
    [InlineData("")]
    [InlineData("null")]
    public async Task What_is_not_the_services_answer_is_an_error(string body)
    {
        await using LoopbackServer server = new(_ => new WireReply(200, body));

        RequestFailedException error = await Assert.ThrowsAsync<RequestFailedException>(() => TestAccount.Client(server).Jobs.GetAsync("j"));

        Assert.Equal("UnexpectedBatchAnswer", error.ErrorCode);
    }

    [Fact]
    public async Task An_error_page_of_a_proxy_keeps_its_status()
    {
        await using LoopbackServer server = new(_ => new WireReply(407, "<html>"));

        Assert.Equal(407, (await Assert.ThrowsAsync<RequestFailedException>(() => TestAccount.Client(server).Jobs.GetAsync("j"))).Status);
    }

    [Fact]
    public async Task A_request_can_be_cancelled()
    {
        using CancellationTokenSource cancel = new();
        TaskCompletionSource<WireReply> never = new();
        await using LoopbackServer server = new(async _ =>
        {
            await cancel.CancelAsync();
            return await never.Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestAccount.Client(server).Jobs.GetAsync("j", cancellationToken: cancel.Token));
        never.SetResult(WireReply.Lost);
    }

    [Fact]
    public async Task A_file_is_read_in_part()
    {
        await using LoopbackServer server = new(_ => new WireReply(206, "hello"));

        await using Stream stream = (await TestAccount.Client(server).Files.OpenFromTaskAsync("j", "t", "wd/sub dir/out.txt", new(3, 5))).Value;

        Assert.Equal("hello", await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync());
        WireRequest request = Assert.Single(server.Requests);
        Assert.Equal("bytes=3-7", request.Header("ocp-range"));
        Assert.Equal("/jobs/j/tasks/t/files/wd%2Fsub%20dir%2Fout.txt", request.Path);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_with_its_code()
    {
        await using LoopbackServer server = new(_ => WireReply.Error(404, "FileNotFound"));

        RequestFailedException error = await Assert.ThrowsAsync<RequestFailedException>(() => TestAccount.Client(server).Files.OpenFromNodeAsync("p", "n", "a"));

        Assert.Equal("FileNotFound", error.ErrorCode);
    }

    [Fact]
    public async Task A_files_properties_come_from_headers()
    {
        await using LoopbackServer server = new(_ => new WireReply(
            200,
            "12345",
            ("ocp-creation-time", "Fri, 05 Jan 2024 07:16:37 GMT"),
            ("Last-Modified", "Sat, 06 Jan 2024 07:16:37 GMT"),
            ("ocp-batch-file-isdirectory", "False"),
            ("ocp-batch-file-mode", "0o100644")));

        BatchFileProperties properties = await TestAccount.Client(server).Files.GetPropertiesFromTaskAsync("j", "t", "stdout.txt");

        Assert.Equal(5, properties.ContentLength);
        Assert.Equal(new DateTimeOffset(2024, 1, 5, 7, 16, 37, TimeSpan.Zero), properties.CreationTime);
        Assert.Equal(new DateTimeOffset(2024, 1, 6, 7, 16, 37, TimeSpan.Zero), properties.LastModified);
        Assert.False(properties.IsDirectory);
        Assert.Equal("0o100644", properties.FileMode);
    }
}
