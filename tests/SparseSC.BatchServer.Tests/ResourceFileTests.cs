using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

public class ResourceFileTests : ServerTest
{
    private readonly Blobs _blobs = Blobs.Open();

    private protected override ServerOptions Options => base.Options with { AutoStorage = new Uri(_blobs.Url + "?sig=good") };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (string name in (string[])["in/a", "in/deep/b c", "in/deep/d", "in/e", "in2", "other/x"])
        {
            _blobs.Contents[$"/c/{name}"] = $"content of {name}";
        }

        await AddPoolAsync();
        await AddJobAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _blobs.Dispose();
    }

    [Fact]
    public async Task A_container_brings_every_blob_of_its_prefix_with_its_folders()
    {
        await AddTaskAsync("t", "find . -type f | sort; cat \"to/in/deep/b c\"; stat -c \" %a\" to/in/e",
            $$""","resourceFiles":[{"storageContainerUrl":"{{_blobs.Url}}c?sig=good","blobPrefix":"in/","filePath":"to","fileMode":"0640"}]""");

        await CompletedAsync("t");

        Assert.Equal("./to/in/a\n./to/in/deep/b c\n./to/in/deep/d\n./to/in/e\ncontent of in/deep/b c 640\n", await OutputAsync("t"));
    }

    [Fact]
    public async Task A_container_without_a_prefix_brings_everything()
    {
        await AddTaskAsync("t", "find . -type f | wc -l", $$""","resourceFiles":[{"storageContainerUrl":"{{_blobs.Url}}c?sig=good"}]""");

        await CompletedAsync("t");

        Assert.Equal("6", (await OutputAsync("t")).Trim());
    }

    [Fact]
    public async Task A_container_of_the_linked_account_needs_no_address()
    {
        await AddTaskAsync("t", "cat other/x", ""","resourceFiles":[{"autoStorageContainerName":"c","blobPrefix":"other"}]""");

        await CompletedAsync("t");

        Assert.Equal("content of other/x", await OutputAsync("t"));
    }

    [Theory]
    [InlineData("c?sig=old", "BlobAccessDenied")]
    [InlineData("none?sig=good", "BlobNotFound")]
    public async Task A_container_that_cannot_be_listed_fails_the_task(string container, string code)
    {
        await AddTaskAsync("t", "true", $$""","resourceFiles":[{"storageContainerUrl":"{{_blobs.Url}}{{container}}"}]""");

        Assert.Equal(code, await FailureAsync("t", "UserError"));
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_a_file_fails_the_task()
    {
        using TcpListener half = new(IPAddress.Loopback, 0);
        half.Start();
        Task serve = Task.Run(async () =>
        {
            using TcpClient client = await half.AcceptTcpClientAsync();
            await client.GetStream().ReadAtLeastAsync(new byte[4096], 1);
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"u8.ToArray());
        });
        await AddTaskAsync("t", "true", $$""","resourceFiles":[{"httpUrl":"http://{{half.LocalEndpoint}}/x","filePath":"x"}]""");

        Assert.Equal("BlobDownloadMiscError", await FailureAsync("t", "ServerError"));
        await serve;
    }

    [Fact]
    public async Task A_connection_that_closes_before_an_answer_is_tried_again()
    {
        using TcpListener storage = new(IPAddress.Loopback, 0);
        storage.Start();
        Task serve = Task.Run(async () =>
        {
            (await storage.AcceptTcpClientAsync()).Dispose();
            using TcpClient client = await storage.AcceptTcpClientAsync();
            string request = "";
            while (!request.EndsWith("\r\n\r\n1\n", StringComparison.Ordinal))
            {
                byte[] part = new byte[4096];
                request += Encoding.ASCII.GetString(part, 0, await client.GetStream().ReadAtLeastAsync(part, 1));
            }

            await client.GetStream().WriteAsync("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        });
        await AddTaskAsync("t", "echo 1 > out.txt", $$"""
            ,"outputFiles":[{"filePattern":"out.txt","uploadOptions":{"uploadCondition":"taskCompletion"},
            "destination":{"container":{"containerUrl":"http://{{storage.LocalEndpoint}}/c","path":"out.txt"} } }]
            """);

        Assert.Equal("success", (await CompletedAsync("t"))["executionInfo"]!["result"]!.ToString());
        await serve;
    }

    [Fact]
    public async Task A_download_that_never_ends_is_ended_by_the_tasks_time()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        await AddTaskAsync("t", "true",
            $$""","constraints":{"maxWallClockTime":"PT0.5S"},"resourceFiles":[{"httpUrl":"http://{{silent.LocalEndpoint}}/x","filePath":"x"}]""");

        Assert.Equal("TaskEnded", await FailureAsync("t", "UserError"));
    }

    private async Task<string> FailureAsync(string task, string category)
    {
        JsonNode failure = (await CompletedAsync(task))["executionInfo"]!["failureInfo"]!;
        Assert.Equal(category, failure["category"]!.ToString());
        return failure["code"]!.ToString();
    }
}
