using System.Net;
using System.Security.Cryptography;
using SparseSC.Azure.Storage;
using SparseSC.Azure.Tests.Wire;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

public class SecretTests(AzuriteFixture fixture) : StorageTest(fixture)
{
    [AzuriteFact]
    public async Task A_wrong_key_is_said_without_keys_or_signatures()
    {
        string wrong = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        string connection = Server.ConnectionString.Replace(Server.Key, wrong, StringComparison.Ordinal);
        StorageContainer container = StorageAccount.FromConnectionString(connection, Options()).Container("plan");
        string path = Write("a", 10);

        Exception[] errors =
        [
            await Assert.ThrowsAsync<BatchJobException>(() => container.CreateIfMissingAsync()),
            await Assert.ThrowsAsync<BatchJobException>(() => container.UploadAsync([new BlobSource(path, "a")])),
            await Assert.ThrowsAsync<BatchJobException>(() => container.DownloadAsync("", Target)),
            await Assert.ThrowsAsync<BatchJobException>(() => container.WriteTextAsync("a", "text")),
            await Assert.ThrowsAsync<BatchJobException>(() => container.ReadTextAsync("a")),
            await Assert.ThrowsAsync<BatchJobException>(() => container.DeleteAsync()),
        ];

        Assert.All(errors, error =>
        {
            Assert.Equal("StorageAccessDenied", ((BatchJobException)error).ErrorId);
            Assert.Contains("'plan' of storage account 'devstoreaccount1' (403 AuthorizationFailure, request ", error.Message);
            AssertNoSecret(error.ToString(), wrong, Server.Key);
        });
    }

    [AzuriteFact]
    public async Task Nothing_shows_a_signature_or_key()
    {
        StorageAccess access = await Container.GrantAccessAsync();
        SignedAddress read = access.ReadBlob("inputs/a");
        SignedAddress write = access.WriteOutputs();
        string[] texts = [Container.ToString(), Container.Account.ToString(), access.ToString(), read.ToString(), write.ToString()];
        string[] serialised = [.. new object[] { access, read, write }.Select(item => System.Text.Json.JsonSerializer.Serialize(item))];

        Assert.All(texts.Concat(serialised), text => AssertNoSecret(text, Server.Key, Signature(read), Signature(write)));
        Assert.EndsWith($"/{Container.Name}/inputs/a", read.ToString());
    }

    // What the service really answers to a bad signature quotes the signature.
    [Theory]
    [InlineData(403, "AuthenticationFailed", "StorageSignInFailed", "clock")]
    [InlineData(403, "AuthorizationPermissionMismatch", "StorageAccessDenied", "'Storage Blob Data Contributor'")]
    [InlineData(403, "AuthorizationFailure", "StorageAccessDenied", "Networking")]
    [InlineData(403, "SomethingNew", "StorageAccessDenied", "Access control")]
    [InlineData(409, "KeyBasedAuthenticationNotPermitted", "StorageKeyForbidden", "Entra ID")]
    [InlineData(401, "InvalidAuthenticationInfo", "StorageSignInFailed", "sign in again")]
    [InlineData(404, "ContainerNotFound", "StorageContainerNotFound", "{ContainerName}")]
    [InlineData(404, "Odd", "StorageNotFound", "endpoint")]
    [InlineData(409, "ContainerBeingDeleted", "StorageContainerBeingDeleted", "half a minute")]
    [InlineData(412, "LeaseIdMissing", "StorageBlobLeased", "lease")]
    [InlineData(503, "ServerBusy", "StorageBusy", "a minute")]
    [InlineData(400, "InvalidHeaderValue", "StorageRequestFailed", "error codes")]
    public async Task An_answer_becomes_an_error_with_a_way_out_and_without_the_answer(int status, string code, string errorId, string wayOut)
    {
        await using LoopbackServer server = new(_ => new WireReply(
            status,
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>No.</Message><AuthenticationErrorDetail>The signature 'hush' is wrong.</AuthenticationErrorDetail></Error>",
            ("Content-Type", "application/xml"), ("x-ms-error-code", code), ("x-ms-request-id", "4711")));
        StorageAccount account = StorageAccount.FromKey(new Uri(server.Endpoint, "/account"), "account", Convert.ToBase64String("key"u8), Options());

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => account.Container("plan").WriteTextAsync("jobs/a", "text"));

        Assert.Equal(errorId, error.ErrorId);
        Assert.StartsWith($"Azure Storage cannot write blob 'jobs/a' in container 'plan' of storage account 'account' ({status} {code}, request 4711). ", error.Message);
        Assert.Contains(wayOut, error.Message);
        AssertNoSecret(error.ToString(), "hush");
    }

    [Theory]
    [InlineData(403, "application/json")]
    [InlineData(403, "application/xml")]
    [InlineData(200, "application/xml")]
    public async Task An_answer_that_is_not_the_services_is_said(int status, string type)
    {
        await using LoopbackServer server = new(_ => new WireReply(status, "<p>Please pay for <br> this network.", ("Content-Type", type)));
        StorageAccount account = StorageAccount.FromKey(new Uri(server.Endpoint, "/account"), "account", Convert.ToBase64String("key"u8), Options());

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => account.Container("plan").DownloadAsync("", Target));

        Assert.Equal("StorageUnexpectedAnswer", error.ErrorId);
        Assert.Contains("proxy", error.Message);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_said()
    {
        StorageAccount account = StorageAccount.FromKey(new Uri("http://127.0.0.1:9/account"), "account", Convert.ToBase64String("key"u8), Options());

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => account.Container("plan").CreateIfMissingAsync());

        Assert.Equal("StorageUnreachable", error.ErrorId);
        Assert.Contains("refused", error.Message);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up()
    {
        TaskCompletionSource<WireReply> never = new();
        await using LoopbackServer server = new(_ => never.Task);
        global::Azure.Storage.Blobs.BlobClientOptions options = Options();
        options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(100);
        StorageAccount account = StorageAccount.FromKey(new Uri(server.Endpoint, "/account"), "account", Convert.ToBase64String("key"u8), options);

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => account.Container("plan").CreateIfMissingAsync());
        never.SetResult(WireReply.Lost);

        Assert.Equal("StorageTimeout", error.ErrorId);
    }

    private static string Signature(SignedAddress address) => WebUtility.UrlDecode(address.ToSecretUri().Query.Split("sig=")[1].Split('&')[0]);

    private static void AssertNoSecret(string text, params string[] secrets)
    {
        Assert.DoesNotContain("sig=", text);
        foreach (string secret in secrets)
        {
            Assert.DoesNotContain(secret, text);
            Assert.DoesNotContain(WebUtility.UrlEncode(secret), text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
