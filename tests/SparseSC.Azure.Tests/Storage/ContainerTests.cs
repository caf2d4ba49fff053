using Azure;
using Azure.Storage.Blobs.Models;
using SparseSC.Azure.Storage;
using SparseSC.Azure.Tests.Wire;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

public class ContainerTests(AzuriteFixture fixture) : StorageTest(fixture)
{
    [AzuriteFact]
    public async Task A_container_is_made_once_and_deleted_once()
    {
        StorageAccount account = StorageAccount.FromKey(Server.Endpoint, AzuriteServer.Account, Server.Key);
        StorageContainer container = account.Container(ContainerName.ForPlan(Sha256(Guid.NewGuid().ToByteArray())));

        Assert.True(await container.CreateIfMissingAsync());
        Assert.False(await container.CreateIfMissingAsync());
        Assert.Equal(PublicAccessType.None, (await container.Client.GetPropertiesAsync()).Value.PublicAccess ?? PublicAccessType.None);
        Assert.True(await container.DeleteAsync());
        Assert.False(await container.DeleteAsync());
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(404, true)]
    [InlineData(403, true)]
    public async Task Who_may_not_make_containers_can_still_use_one_that_exists(int seen, bool refused)
    {
        await using LoopbackServer server = new(request => request.Method == "PUT"
            ? new WireReply(403, null, ("x-ms-error-code", "AuthorizationPermissionMismatch"))
            : new WireReply(
                seen,
                null,
                ("x-ms-error-code", seen == 404 ? "ContainerNotFound" : "AuthorizationPermissionMismatch"),
                ("ETag", "\"0x1\""),
                ("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT")));
        StorageAccount account = StorageAccount.FromKey(new Uri(server.Endpoint, "/account"), "account", Convert.ToBase64String("key"u8), Options());

        if (refused)
        {
            BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => account.Container("given").CreateIfMissingAsync());
            Assert.Equal("StorageAccessDenied", error.ErrorId);
            Assert.Contains("'Storage Blob Data Contributor'", error.Message);
        }
        else
        {
            Assert.False(await account.Container("given").CreateIfMissingAsync());
        }
    }

    [AzuriteFact]
    public async Task A_listing_tells_name_size_hash_and_version()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-2);
        await Container.UploadAsync([new BlobSource(Write("a", 10), "x/a"), new BlobSource(Write("b", 0), "x/b"), new BlobSource(Write("c", 5), "y")]);

        StoredBlob[] listed = await ListAsync("x/");

        Assert.Equal(["x/a", "x/b"], listed.Select(blob => blob.Name));
        Assert.Equal([10, 0], listed.Select(blob => blob.Length));
        Assert.Equal([Sha256(Bytes(10)), Sha256([])], listed.Select(blob => blob.Sha256));
        Assert.Equal((await Raw.GetBlobClient("x/a").GetPropertiesAsync()).Value.ETag, listed[0].ETag);
        Assert.InRange(listed[0].LastModified, before, DateTimeOffset.UtcNow.AddSeconds(2));
    }

    [AzuriteFact]
    public async Task A_listing_is_without_the_folders_of_accounts_that_have_some()
    {
        await PutAsync("folder/a", Bytes(10));
        await Raw.GetBlobClient("folder").UploadAsync(
            new BinaryData([]), new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["hdi_isfolder"] = "true" } });

        Assert.Equal("folder/a", Assert.Single(await ListAsync()).Name);
    }

    [AzuriteFact]
    public async Task A_listing_goes_on_over_pages_and_ends_when_asked()
    {
        await Parallel.ForAsync(0, 60, async (i, _) => await PutAsync($"{i:D3}", []));
        Assert.Equal(60, (await ListAsync()).Length);
        using CancellationTokenSource cancel = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await cancel.CancelAsync();
            await foreach (StoredBlob blob in Container.ListAsync(cancellationToken: cancel.Token))
            {
                Assert.Fail(blob.Name);
            }
        });
    }

    [AzuriteFact]
    public async Task Texts_are_read_as_they_were_written()
    {
        const string Text = "{\"name\": \"größer\"}\n";
        Assert.Null(await Container.ReadTextAsync("jobs/a.json"));

        ETag version = await Container.WriteTextAsync("jobs/a.json", Text);

        Assert.Equal(new StoredText(Text, version), await Container.ReadTextAsync("jobs/a.json"));
    }

    [AzuriteFact]
    public async Task A_text_that_is_there_is_not_written_over_unasked()
    {
        ETag first = await Container.WriteTextAsync("a", "first", ifAbsent: true);

        BatchJobException there = await Assert.ThrowsAsync<BatchJobException>(() => Container.WriteTextAsync("a", "second", ifAbsent: true));
        ETag second = await Container.WriteTextAsync("a", "second", ifMatch: first);
        BatchJobException changed = await Assert.ThrowsAsync<BatchJobException>(() => Container.WriteTextAsync("a", "third", ifMatch: first));

        Assert.Equal("StorageBlobExists", there.ErrorId);
        Assert.Equal("StorageBlobChanged", changed.ErrorId);
        Assert.Equal(new StoredText("second", second), await Container.ReadTextAsync("a"));
    }

    [AzuriteFact]
    public async Task A_write_whose_answer_was_lost_is_known_for_ours()
    {
        int lost = 0;
        StorageContainer through = Through(new FaultyHandler
        {
            Answered = request => request.Method == HttpMethod.Put && lost++ == 0 ? throw new HttpRequestException("The line is dead.") : Task.CompletedTask,
        });

        ETag version = await through.WriteTextAsync("a", "ours", ifAbsent: true);

        Assert.Equal(2, lost);
        Assert.Equal(new StoredText("ours", version), await Container.ReadTextAsync("a"));
    }

    [AzuriteFact]
    public async Task A_text_that_is_no_record_is_not_read()
    {
        await PutAsync("big", new byte[(4 << 20) + 1]);

        Assert.Equal("StorageTextTooLong", (await Assert.ThrowsAsync<BatchJobException>(() => Container.ReadTextAsync("big"))).ErrorId);
    }
}
