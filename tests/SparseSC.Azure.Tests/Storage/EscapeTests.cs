using System.Net;
using SparseSC.Azure.Storage;
using SparseSC.Azure.Tests.Wire;

namespace SparseSC.Azure.Tests.Storage;

public class EscapeTests(AzuriteFixture fixture) : StorageTest(fixture)
{
    private static readonly string[] Hostile =
    [
        "results/../../escaped", "results/..", "results//escaped", "results/C:/escaped", "results/..\\..\\escaped",
        "results/a/../../../escaped", "results/NUL", "results/a:stream", "results/nul.json", "results/folder/",
    ];

    // A real service does not let all of these in; one that is not to be trusted can say what it likes.
    [Fact]
    public async Task No_name_that_a_service_gives_leads_out_of_the_directory()
    {
        await using LoopbackServer server = new(request => request.PathAndQuery.Contains("comp=list", StringComparison.Ordinal)
            ? new WireReply(200, Listing([.. Hostile, "results/good"]), ("Content-Type", "application/xml"))
            : new WireReply(200, "1", ("ETag", "\"0x1\""), ("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT"), ("x-ms-blob-type", "BlockBlob")));
        StorageAccount account = StorageAccount.FromKey(new Uri(server.Endpoint, "/account"), "account", Convert.ToBase64String("key"u8), Options());

        BlobDownload download = await account.Container("hostile").DownloadAsync("results/", Target);

        Assert.Equal("results/good", Assert.Single(download.Received).BlobName);
        Assert.Equal(Hostile, download.Refused.Select(blob => blob.BlobName));
        Assert.All(download.Refused, blob => Assert.Equal("BlobNameUnsafe", blob.ErrorId));
        Assert.Equal(["good"], TargetFiles());
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(Folder));
        Assert.DoesNotContain(server.Requests, request => request.Path.Contains("escaped", StringComparison.Ordinal));
    }

    [AzuriteFact]
    public async Task Names_that_Azurite_lets_in_are_refused_too()
    {
        await PutAsync("results/a:b", Bytes(10));
        await PutAsync("results/aux", Bytes(10));
        await PutAsync("results/good", Bytes(10));

        BlobDownload download = await Container.DownloadAsync("results/", Target);

        Assert.Equal(["results/a:b", "results/aux"], download.Refused.Select(blob => blob.BlobName));
        Assert.Equal(["good"], TargetFiles());
    }

    [AzuriteFact]
    public async Task Blobs_that_would_be_one_file_or_a_file_and_a_folder_do_not_overwrite_each_other()
    {
        await PutAsync("A", Bytes(10));
        await PutAsync("a", Bytes(10, 2));
        await PutAsync("b", Bytes(10));
        await PutAsync("b/c", Bytes(10));
        await PutAsync("d/e/f", Bytes(10));
        StoredBlob[] listed = await ListAsync();
        await PutAsync("d/e", Bytes(10));

        BlobDownload download = await Container.DownloadAsync([.. listed, .. (await ListAsync("d/e")).Where(blob => blob.Name == "d/e")], "", Target);

        Assert.Equal(["A", "b", "d/e/f"], download.Received.Select(blob => blob.BlobName));
        Assert.Equal(["a", "b/c", "d/e"], download.Refused.Select(blob => blob.BlobName));
        Assert.All(download.Refused, blob => Assert.Equal("BlobPathTaken", blob.ErrorId));
        Assert.Equal(Bytes(10), File.ReadAllBytes(Path.Combine(Target, "A")));
    }

    [AzuriteFact]
    public async Task What_stands_in_the_way_stays()
    {
        await PutAsync("file/a", Bytes(10));
        await PutAsync("folder", Bytes(10));
        await PutAsync("good", Bytes(10));
        Directory.CreateDirectory(Path.Combine(Target, "folder"));
        File.WriteAllText(Path.Combine(Target, "file"), "mine");

        BlobDownload download = await Container.DownloadAsync("", Target);

        Assert.Equal([("file/a", "BlobPathTaken"), ("folder", "BlobPathTaken")], download.Refused.Select(blob => (blob.BlobName, blob.ErrorId)));
        Assert.Equal(["file", "good"], TargetFiles());
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task Links_below_the_directory_are_not_followed()
    {
        await PutAsync("folder/sub/a", Bytes(10));
        await PutAsync("file", Bytes(10));
        string elsewhere = Directory.CreateDirectory(Path.Combine(Folder, "elsewhere")).FullName;
        string precious = Path.Combine(Folder, "precious");
        File.WriteAllText(precious, "mine");
        Directory.CreateDirectory(Target);
        Directory.CreateSymbolicLink(Path.Combine(Target, "folder"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(Target, "file"), precious);

        BlobDownload download = await Container.DownloadAsync("", Target);

        Assert.Equal([("file", "BlobPathTaken"), ("folder/sub/a", "BlobPathTaken")], download.Refused.Select(blob => (blob.BlobName, blob.ErrorId)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        Assert.Equal("mine", File.ReadAllText(precious));
    }

    private static string Listing(string[] names) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"http://account/\" ContainerName=\"hostile\"><Blobs>"
        + string.Concat(names.Select(name =>
            $"<Blob><Name>{WebUtility.HtmlEncode(name)}</Name><Properties><Last-Modified>Mon, 01 Jan 2024 00:00:00 GMT</Last-Modified><Etag>0x1</Etag>"
            + "<Content-Length>1</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>"))
        + "</Blobs><NextMarker /></EnumerationResults>";
}
