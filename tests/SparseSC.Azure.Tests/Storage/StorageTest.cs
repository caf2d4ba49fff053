using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using SparseSC.Azure.Storage;

namespace SparseSC.Azure.Tests.Storage;

/// <summary>A container in Azurite and a folder for one test.</summary>
[Collection(AzuriteCollection.Name)]
public abstract class StorageTest(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparsesc-storage-");

    protected AzuriteServer Server => fixture.Server;

    private protected StorageContainer Container { get; private set; } = null!;

    /// <summary>The same container through the library itself, for what ours does not do.</summary>
    protected BlobContainerClient Raw => Container.Client;

    protected string Folder => _folder.FullName;

    public async Task InitializeAsync()
    {
        if (AzuriteInstall.Missing is null)
        {
            Container = StorageAccount.FromConnectionString(Server.ConnectionString).Container($"test-{Guid.NewGuid():N}");
            await Container.CreateIfMissingAsync();
        }
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The container as seen through a connection that misbehaves.</summary>
    internal StorageContainer Through(FaultyHandler handler) =>
        StorageAccount.FromConnectionString(Server.ConnectionString, Options(handler)).Container(Container.Name);

    internal static BlobClientOptions Options(HttpMessageHandler? handler = null)
    {
        BlobClientOptions options = new();
        options.Retry.Delay = TimeSpan.FromMilliseconds(5);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(20);
        options.Retry.MaxRetries = 2;
        if (handler is not null)
        {
            options.Transport = new HttpClientTransport(handler);
        }

        return options;
    }

    /// <summary>Writes bytes that do not compress and do not repeat, the same for the same seed.</summary>
    protected string Write(string name, int length, int seed = 1)
    {
        string path = System.IO.Path.Combine(Folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bytes(length, seed));
        return path;
    }

    protected static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    protected string Target => System.IO.Path.Combine(Folder, "target");

    /// <summary>Everything in the target directory, temporary files included, with slashes.</summary>
    protected string[] TargetFiles() => !Directory.Exists(Target)
        ? []
        : [.. Directory.EnumerateFiles(Target, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => System.IO.Path.GetRelativePath(Target, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private protected async Task<StoredBlob[]> ListAsync(string prefix = "")
    {
        List<StoredBlob> blobs = [];
        await foreach (StoredBlob blob in Container.ListAsync(prefix))
        {
            blobs.Add(blob);
        }

        return [.. blobs];
    }

    protected async Task PutAsync(string name, byte[] bytes, string? sha256 = null) => await Raw.GetBlobClient(name).UploadAsync(
        new BinaryData(bytes),
        new global::Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = sha256 is null ? null : new Dictionary<string, string> { ["sha256"] = sha256 } });
}
