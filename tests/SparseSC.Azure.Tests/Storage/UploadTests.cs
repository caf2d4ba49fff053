using Azure;
using Azure.Storage.Blobs.Models;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

public class UploadTests(AzuriteFixture fixture) : StorageTest(fixture)
{
    [AzuriteFact]
    public async Task Files_arrive_whole_with_their_hashes()
    {
        int[] lengths = [0, 1, 999, 65_536, 65_537, 300_000];
        BlobSource[] sources = [.. lengths.Select((length, i) => new BlobSource(Write($"f{i}", length, i), $"inputs/{i} #%+ä.bin"))];
        Heard<BlobTransferProgress> progress = new();

        IReadOnlyList<UploadedBlob> uploaded = await Container.UploadAsync(sources, new BlobTransferOptions { BlockSize = 65_536, Progress = progress });

        for (int i = 0; i < lengths.Length; i++)
        {
            byte[] expected = Bytes(lengths[i], i);
            BlobDownloadResult there = await Raw.GetBlobClient(sources[i].BlobName).DownloadContentAsync();
            Assert.Equal(expected, there.Content.ToArray());
            Assert.Equal(Sha256(expected), there.Details.Metadata["sha256"]);
            Assert.Equal(new UploadedBlob(sources[i].BlobName, lengths[i], Sha256(expected), WasThere: false), uploaded[i]);
        }

        Assert.Equal(new BlobTransferProgress(6, 6, lengths.Sum(), lengths.Sum()), progress.All[^1]);
        Assert.Equal(progress.All.OrderBy(step => (step.BytesDone, step.FilesDone)), progress.All);
    }

    [AzuriteFact]
    public async Task What_is_there_is_left_alone_and_what_changed_is_not()
    {
        BlobSource same = new(Write("same", 1000), "same");
        BlobSource changed = new(Write("changed", 1000), "changed");
        await Container.UploadAsync([same, changed]);
        ETag before = (await Raw.GetBlobClient("same").GetPropertiesAsync()).Value.ETag;
        Write("changed", 1000, seed: 2);
        Heard<BlobTransferProgress> progress = new();

        IReadOnlyList<UploadedBlob> again = await Container.UploadAsync([same, changed], new BlobTransferOptions { Progress = progress });

        Assert.Equal([true, false], again.Select(blob => blob.WasThere));
        Assert.Equal(before, (await Raw.GetBlobClient("same").GetPropertiesAsync()).Value.ETag);
        Assert.Equal(Bytes(1000, 2), (await Raw.GetBlobClient("changed").DownloadContentAsync()).Value.Content.ToArray());
        Assert.Equal(new BlobTransferProgress(2, 2, 2000, 2000), progress.All[^1]);
    }

    [AzuriteFact]
    public async Task A_blob_that_only_claims_the_hash_is_replaced()
    {
        byte[] expected = Bytes(1000);
        await PutAsync("a", Bytes(10), Sha256(expected));

        UploadedBlob uploaded = (await Container.UploadAsync([new BlobSource(Write("a", 1000), "a")]))[0];

        Assert.False(uploaded.WasThere);
        Assert.Equal(expected, (await Raw.GetBlobClient("a").DownloadContentAsync()).Value.Content.ToArray());
    }

    [AzuriteFact]
    public async Task A_file_as_large_as_the_worker_arrives_in_blocks()
    {
        const int Length = (20 << 20) + 12_345;
        Heard<BlobTransferProgress> progress = new();

        UploadedBlob uploaded = (await Container.UploadAsync(
            [new BlobSource(Write("worker", Length), "worker")], new BlobTransferOptions { Progress = progress }))[0];

        BlobDownloadResult there = await Raw.GetBlobClient("worker").DownloadContentAsync();
        Assert.Equal(Sha256(Bytes(Length)), Sha256(there.Content.ToArray()));
        Assert.Equal(Sha256(Bytes(Length)), uploaded.Sha256);
        Assert.Equal(6, progress.All.Count(step => step.FilesDone == 0));
    }

    [AzuriteFact]
    public async Task Cancelling_leaves_the_blob_as_it_was()
    {
        await PutAsync("big", Bytes(10), "old");
        using CancellationTokenSource cancel = new();
        BlobTransferOptions options = new()
        {
            BlockSize = 65_536,
            MaxDegreeOfParallelism = 2,
            Progress = new Heard<BlobTransferProgress>(step => { if (step.BytesDone >= 5 * 65_536) { cancel.Cancel(); } }),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Container.UploadAsync(
            [new BlobSource(Write("big", 40 * 65_536), "big"), new BlobSource(Write("new", 40 * 65_536), "new")], options, cancel.Token));

        StoredBlob left = Assert.Single(await ListAsync());
        Assert.Equal(("big", 10, "old"), (left.Name, left.Length, left.Sha256));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_file_that_changes_meanwhile_is_not_uploaded_half_old_half_new()
    {
        string path = Write("a", 40 * 65_536);
        using FileStream writer = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        BlobTransferOptions options = new()
        {
            BlockSize = 65_536,
            MaxDegreeOfParallelism = 1,
            Progress = new Heard<BlobTransferProgress>(_ =>
            {
                writer.Position = 39 * 65_536;
                writer.Write("another"u8);
                writer.Flush();
            }),
        };

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => Container.UploadAsync([new BlobSource(path, "a")], options));

        Assert.Equal("StorageFileChanged", error.ErrorId);
        Assert.Contains(path, error.Message);
        Assert.Empty(await ListAsync());
    }

    [AzuriteFact]
    public async Task Uploads_of_different_content_to_one_blob_never_mix()
    {
        BlobTransferOptions options = new() { BlockSize = 10_000, MaxDegreeOfParallelism = 3 };
        string[] paths = [.. Enumerable.Range(0, 4).Select(i => Write($"v{i}", 100_000, i))];

        await Task.WhenAll(paths.Select(async path =>
        {
            try
            {
                await Container.UploadAsync([new BlobSource(path, "one")], options);
            }
            catch (BatchJobException error) when (error.ErrorId == "StorageBlobChanged")
            {
                // Another one was first and took the blocks away that were not committed yet.
            }
        }));

        BlobDownloadResult there = await Raw.GetBlobClient("one").DownloadContentAsync();
        Assert.Equal(there.Details.Metadata["sha256"], Sha256(there.Content.ToArray()));
    }

    [AzuriteFact]
    public async Task A_lost_connection_is_made_up_for()
    {
        int answered = 0;
        FaultyHandler handler = new() { Answered = _ => ++answered % 3 == 0 ? throw new HttpRequestException("The line is dead.") : Task.CompletedTask };
        string path = Write("a", 500_000);

        await Through(handler).UploadAsync([new BlobSource(path, "a")], new BlobTransferOptions { BlockSize = 65_536, MaxDegreeOfParallelism = 1 });

        Assert.Equal(Bytes(500_000), (await Raw.GetBlobClient("a").DownloadContentAsync()).Value.Content.ToArray());
    }

    [AzuriteFact]
    public async Task What_cannot_be_uploaded_is_said_before_anything_is()
    {
        BlobSource good = new(Write("a", 10), "a");

        async Task<string> Refused(BlobSource other) =>
            (await Assert.ThrowsAsync<InvalidInputException>(() => Container.UploadAsync([good, other]))).ErrorId;

        Assert.Equal("BlobNameDuplicate", await Refused(good));
        Assert.Equal("BlobNameInvalid", await Refused(good with { BlobName = "../a" }));
        Assert.Equal("StorageFileMissing", await Refused(new BlobSource(Path.Combine(Folder, "none"), "b")));
        Assert.Equal("StorageFileMissing", await Refused(new BlobSource(Folder, "b")));
        Assert.Empty(await ListAsync());
    }

    [AzuriteFact]
    public async Task A_container_that_is_not_there_is_said()
    {
        StorageContainer none = Container.Account.Container("nothing-here");

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => none.UploadAsync([new BlobSource(Write("a", 10), "a")]));

        Assert.Equal("StorageContainerNotFound", error.ErrorId);
        Assert.Contains("blob 'a' in container 'nothing-here' of storage account 'devstoreaccount1'", error.Message);
    }
}
