using System.Security.Cryptography;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

public class DownloadTests(AzuriteFixture fixture) : StorageTest(fixture)
{
    [AzuriteFact]
    public async Task What_was_uploaded_comes_back()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"results/{i % 3}/task-{i:D6} #%+ä.json")];
        await Container.UploadAsync([.. names.Select((name, i) => new BlobSource(Write($"f{i}", i * 1000, i), name))]);
        await PutAsync("other/a", Bytes(5));
        Heard<BlobTransferProgress> progress = new();

        BlobDownload download = await Container.DownloadAsync("results/", Target, new BlobTransferOptions { Progress = progress });

        Assert.Empty(download.Refused);
        Assert.Equal(names.Select(name => name["results/".Length..]).Order(StringComparer.Ordinal), TargetFiles());
        Assert.Equal(names.Order(StringComparer.Ordinal), download.Received.Select(blob => blob.BlobName));
        Assert.All(download.Received, blob => Assert.False(blob.WasThere));
        Assert.All(names, (name, i) => Assert.Equal(Bytes(i * 1000, i), File.ReadAllBytes(Path.Combine(Target, name["results/".Length..]))));
        Assert.Equal(new BlobTransferProgress(40, 40, 780_000, 780_000), progress.All[^1]);
    }

    [AzuriteFact]
    public async Task What_is_here_is_left_alone_and_what_differs_is_not()
    {
        await PutAsync("hashed", Bytes(100), Sha256(Bytes(100)));
        await PutAsync("plain", Bytes(100, 2));
        await PutAsync("changed", Bytes(100, 3));
        await Container.DownloadAsync("", Target);
        Assert.Equal(["changed", "hashed", "plain"], TargetFiles());
        File.WriteAllBytes(Path.Combine(Target, "changed"), Bytes(100, 4));

        BlobDownload again = await Container.DownloadAsync("", Target);

        Assert.Equal([("changed", false), ("hashed", true), ("plain", true)], again.Received.Select(blob => (blob.BlobName, blob.WasThere)));
        Assert.Equal(Bytes(100, 3), File.ReadAllBytes(Path.Combine(Target, "changed")));
    }

    [AzuriteFact]
    public async Task Content_that_is_not_what_was_uploaded_is_refused_and_the_rest_goes_on()
    {
        await PutAsync("bad", Bytes(100), Sha256(Bytes(100, 2)));
        await PutAsync("worse", Bytes(100), "no hash at all");
        await PutAsync("good", Bytes(100), Sha256(Bytes(100)).ToUpperInvariant());
        await PutAsync("md5", Bytes(100));
        await PutAsync("unknown", Bytes(100));
        StoredBlob[] listed = await ListAsync();
        string md5 = Md5(Bytes(100));
        Assert.Equal(md5, listed.Single(blob => blob.Name == "md5").ContentMd5);
        StoredBlob[] expected = [.. listed.Select(blob => blob.Name switch
        {
            "md5" => blob with { ContentMd5 = Md5(Bytes(100, 2)) },
            "unknown" => blob with { ContentMd5 = null, Length = 99 },
            _ => blob,
        })];
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "bad"), "of an earlier day");

        BlobDownload download = await Container.DownloadAsync(expected, "", Target);

        Assert.Equal("good", Assert.Single(download.Received).BlobName);
        Assert.Equal(["bad", "md5", "unknown", "worse"], download.Refused.Select(blob => blob.BlobName));
        Assert.All(download.Refused, blob => Assert.Equal("BlobCorrupt", blob.ErrorId));
        Assert.Contains(Sha256(Bytes(100, 2)), download.Refused[0].Reason);
        Assert.Contains(md5, download.Refused[1].Reason);
        Assert.Contains("100 bytes", download.Refused[2].Reason);
        Assert.Equal(["bad", "good"], TargetFiles());
        Assert.Equal("of an earlier day", File.ReadAllText(Path.Combine(Target, "bad")));
    }

    [AzuriteFact]
    public async Task A_bit_that_flips_on_the_way_is_noticed()
    {
        await PutAsync("a", Bytes(300_000), Sha256(Bytes(300_000)));
        StoredBlob[] listed = await ListAsync();
        StorageContainer through = Through(new FaultyHandler { Reading = (done, bytes) => { if (done == 0 && bytes.Length > 0) { bytes.Span[0] ^= 1; } } });

        BlobDownload download = await through.DownloadAsync(listed, "", Target);

        Assert.Equal("BlobCorrupt", Assert.Single(download.Refused).ErrorId);
        Assert.Empty(TargetFiles());
    }

    [AzuriteFact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        await PutAsync("a", Bytes(1_000_000), Sha256(Bytes(1_000_000)));
        StoredBlob[] listed = await ListAsync();
        bool broke = false;
        StorageContainer through = Through(new FaultyHandler
        {
            Reading = (done, _) =>
            {
                if (done > 100_000 && !broke)
                {
                    broke = true;
                    throw new IOException("The line is dead.");
                }
            },
        });

        await through.DownloadAsync(listed, "", Target);

        Assert.True(broke);
        Assert.Equal(Bytes(1_000_000), File.ReadAllBytes(Path.Combine(Target, "a")));
    }

    [AzuriteFact]
    public async Task A_connection_that_stays_broken_ends_in_an_error_and_no_file()
    {
        await PutAsync("a", Bytes(1_000_000), Sha256(Bytes(1_000_000)));
        StoredBlob[] listed = await ListAsync();
        StorageContainer through = Through(new FaultyHandler { Reading = (_, _) => throw new IOException("The line is dead.") });

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => through.DownloadAsync(listed, "", Target));

        Assert.Equal("StorageUnreachable", error.ErrorId);
        Assert.Contains("The line is dead", error.Message);
        Assert.Empty(TargetFiles());
    }

    [AzuriteFact]
    public async Task Cancelling_leaves_no_part_of_a_file()
    {
        await PutAsync("a", Bytes(2_000_000), Sha256(Bytes(2_000_000)));
        StoredBlob[] listed = await ListAsync();
        using CancellationTokenSource cancel = new();
        string[] during = [];
        StorageContainer through = Through(new FaultyHandler
        {
            Reading = (done, _) =>
            {
                if (done > 500_000)
                {
                    during = TargetFiles();
                    cancel.Cancel();
                }
            },
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => through.DownloadAsync(listed, "", Target, cancellationToken: cancel.Token));

        Assert.EndsWith(".tmp", Assert.Single(during));
        Assert.Empty(TargetFiles());
    }

    [AzuriteFact]
    public async Task What_changed_or_went_since_it_was_listed_is_refused()
    {
        await PutAsync("changed", Bytes(10));
        await PutAsync("gone", Bytes(10));
        await PutAsync("same", Bytes(10));
        StoredBlob[] listed = await ListAsync();
        await PutAsync("changed", Bytes(10, 2));
        Assert.True(await Container.DeleteBlobAsync("gone"));
        Assert.False(await Container.DeleteBlobAsync("gone"));

        BlobDownload download = await Container.DownloadAsync(listed, "", Target);

        Assert.Equal([("changed", "BlobGone"), ("gone", "BlobGone")], download.Refused.Select(blob => (blob.BlobName, blob.ErrorId)));
        Assert.Equal(["same"], TargetFiles());
    }

    [AzuriteFact]
    public async Task A_file_that_cannot_be_written_ends_the_download()
    {
        await PutAsync("a", Bytes(10));
        File.WriteAllText(Target, "a file where the directory should be");

        await Assert.ThrowsAnyAsync<IOException>(() => Container.DownloadAsync("", Target));

        Assert.Equal("a file where the directory should be", File.ReadAllText(Target));
    }

#pragma warning disable CA5351 // The service's own checksum is MD5.
    private static string Md5(byte[] bytes) => Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5351
}
