using Azure;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Tests.Wire;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Jobs;

public sealed class BatchFailureTests
{
    [Theory]
    [InlineData(403, "AuthenticationFailed", "BatchSignInFailed")]
    [InlineData(403, "PermissionDenied", "BatchAccessDenied")]
    [InlineData(409, "ActiveJobAndScheduleQuotaReached", "JobQuotaReached")]
    [InlineData(409, "PoolQuotaReached", "PoolQuotaReached")]
    [InlineData(409, "AccountCoreQuotaReached", "CoreQuotaReached")]
    [InlineData(409, "JobBeingDeleted", "BatchBeingDeleted")]
    [InlineData(409, "JobExists", "BatchIdInUse")]
    [InlineData(404, "JobNotFound", "BatchNotFound")]
    [InlineData(400, "InvalidPropertyValue", "BatchRequestRefused")]
    [InlineData(503, "ServerBusy", "BatchBusy")]
    [InlineData(418, "Teapot", "BatchRequestFailed")]
    public async Task A_refusal_has_an_id_the_services_code_and_a_way_out(int status, string code, string errorId)
    {
        BatchJobException error = await FailAsync(new WireReply(status, Body(code, "Something is not right.\nRequestId:1")));

        Assert.Equal(errorId, error.ErrorId);
        Assert.StartsWith($"Azure Batch cannot try it ({status} {code}", error.Message, StringComparison.Ordinal);
        Assert.Contains("Something is not right", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public async Task No_signature_and_no_password_gets_into_a_message()
    {
        const string Url = "https://a.blob.core.windows.net/c/b?sv=2024&sig=top%2Bsecret%3D&se=2026";
        BatchJobException address = await FailAsync(new WireReply(400, Body("InvalidPropertyValue", $"Bad value {Url}", ("PropertyName", "httpUrl"), ("PropertyValue", Url))));
        BatchJobException password = await FailAsync(new WireReply(400, Body("InvalidPropertyValue", "Bad value", ("PropertyName", "password"), ("PropertyValue", "pa55"))));

        Assert.DoesNotContain("secret", address.ToString(), StringComparison.Ordinal);
        Assert.Contains("httpUrl", address.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pa55", password.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_said_to_be_unreachable()
    {
        BatchClientOptions options = new();
        options.Retry.MaxRetries = 0;
        BatchClient client = new(new Uri("http://127.0.0.1:9"), new BatchSharedKeyCredential(TestAccount.Name, TestAccount.Key), options);

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(
            () => BatchCall.RunAsync("try it", () => client.Jobs.GetAsync("j"), CancellationToken.None, "j"));

        Assert.Equal(("BatchUnreachable", "j"), (error.ErrorId, error.JobId));
    }

    [Fact]
    public async Task Only_the_services_own_word_makes_something_not_there()
    {
        await using LoopbackServer none = new(_ => new WireReply(404, Body("PoolNotFound", "None.")));
        await using LoopbackServer proxy = new(_ => new WireReply(404, "<html>not here</html>"));

        Assert.Null(await BatchCall.FindAsync("look", () => TestAccount.Client(none).Pools.GetAsync("p"), CancellationToken.None));
        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(
            () => BatchCall.FindAsync("look", () => TestAccount.Client(proxy).Pools.GetAsync("p"), CancellationToken.None));
        Assert.Equal("BatchNotFound", error.ErrorId);
    }

    [Fact]
    public async Task Cancelling_is_no_failure()
    {
        TaskCompletionSource<WireReply> never = new();
        using CancellationTokenSource cancel = new();
        await using LoopbackServer server = new(_ =>
        {
            cancel.Cancel();
            return never.Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BatchCall.RunAsync(
            "try it", () => TestAccount.Client(server).Jobs.GetAsync("j", cancellationToken: cancel.Token), cancel.Token));
        never.SetResult(WireReply.Lost);
    }

    private static async Task<BatchJobException> FailAsync(WireReply reply)
    {
        await using LoopbackServer server = new(_ => reply);
        return await Assert.ThrowsAsync<BatchJobException>(
            () => BatchCall.RunAsync("try it", () => TestAccount.Client(server, options => options.Retry.MaxRetries = 0).Jobs.GetAsync("j"), CancellationToken.None));
    }

    private static string Body(string code, string message, params (string Key, string Value)[] values) => System.Text.Json.JsonSerializer.Serialize(new
    {
        code,
        message = new { lang = "en-US", value = message },
        values = values.Select(value => new { key = value.Key, value = value.Value }),
    });
}
