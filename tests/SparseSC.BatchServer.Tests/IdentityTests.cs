using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace SparseSC.BatchServer.Tests;

/// <summary>Nodes at a storage that nobody here wrote: with signed containers, and with identities.</summary>
public sealed class IdentityTests : ServerTest
{
    private const string Identity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("identity-");
    private readonly IdentityEndpoint _identities = IdentityEndpoint.Start(Identity);
    private AzuriteServer? _storage;
    private string? _certificate;

    private protected override ServerOptions Options =>
        base.Options with { IdentityEndpoint = _identities.Url, StorageCertificate = _certificate };

    public override async Task InitializeAsync()
    {
        if (AzuriteInstall.Missing is null)
        {
            using X509Certificate2 certificate = ServerCertificate.Create(exportable: true);
            _certificate = certificate.ExportCertificatePem();
            string file = Path.Combine(_folder.FullName, "certificate.pem");
            string key = Path.Combine(_folder.FullName, "key.pem");
            await File.WriteAllTextAsync(file, _certificate);
            await File.WriteAllTextAsync(key, certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
            _storage = await AzuriteServer.StartAsync("--oauth", "basic", "--cert", file, "--key", key);
        }

        await base.InitializeAsync();
        await AddPoolAsync();
        await AddJobAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _storage?.Dispose();
        _identities.Dispose();
        _folder.Delete(recursive: true);
    }

    [AzuriteFact]
    public async Task Files_are_brought_and_taken_with_an_identity_of_the_nodes()
    {
        BlobContainerClient container = await ContainerAsync();
        await AddTaskAsync("t", "cat words in/a in/b > out", $$"""
            ,"resourceFiles":[{"httpUrl":"{{container.Uri}}/words","filePath":"words","identityReference":{"resourceId":"{{Identity}}"} },
            {"storageContainerUrl":"{{container.Uri}}","blobPrefix":"in/","identityReference":{"resourceId":"{{Identity}}"} }],
            "outputFiles":[{"filePattern":"out","destination":{"container":{"containerUrl":"{{container.Uri}}","path":"result","identityReference":{"resourceId":"{{Identity}}"} } },
            "uploadOptions":{"uploadCondition":"taskcompletion"} }]
            """);

        JsonNode task = await CompletedAsync("t");

        Assert.Null(task["executionInfo"]!["failureInfo"]);
        Assert.Equal("words;a;b;", (await container.GetBlobClient("result").DownloadContentAsync()).Value.Content.ToString());
        Assert.All(_identities.Asked, asked => Assert.Equal(Identity, asked));
    }

    [AzuriteTheory]
    [InlineData(""","identityReference":{"resourceId":"/subscriptions/s/another"}""")]
    [InlineData("")]
    public async Task Without_the_identity_nothing_is_brought_or_taken(string identity)
    {
        BlobContainerClient container = await ContainerAsync();
        await AddTaskAsync("in", "true", $$""","resourceFiles":[{"httpUrl":"{{container.Uri}}/words","filePath":"words"{{identity}}}]""");
        await AddTaskAsync("out", "true", $$"""
            ,"outputFiles":[{"filePattern":"../stdout.txt","destination":{"container":{"containerUrl":"{{container.Uri}}"{{identity}}} },"uploadOptions":{"uploadCondition":"taskcompletion"} }]
            """);

        JsonNode read = (await CompletedAsync("in"))["executionInfo"]!["failureInfo"]!;
        JsonNode write = (await CompletedAsync("out"))["executionInfo"]!["failureInfo"]!;

        Assert.Equal("BlobAccessDenied", read["code"]!.ToString());
        Assert.Equal("FileUploadAccessDenied", write["code"]!.ToString());
    }

    [AzuriteFact]
    public async Task A_signed_container_brings_its_prefix_and_a_signature_without_listing_does_not()
    {
        BlobContainerClient container = await ContainerAsync();
        Uri Signed(BlobContainerSasPermissions rights) => container.GenerateSasUri(rights, DateTimeOffset.UtcNow.AddHours(1));
        string Files(Uri address) => $$""","resourceFiles":[{"storageContainerUrl":"{{address.AbsoluteUri}}","blobPrefix":"in/","filePath":"results"}]""";
        await AddTaskAsync("t", "cat results/in/*", Files(Signed(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List)));
        await AddTaskAsync("blind", "true", Files(Signed(BlobContainerSasPermissions.Read)));

        await CompletedAsync("t");

        Assert.Equal("a;b;", await OutputAsync("t"));
        Assert.Equal("BlobAccessDenied", (await CompletedAsync("blind"))["executionInfo"]!["failureInfo"]!["code"]!.ToString());
    }

    private async Task<BlobContainerClient> ContainerAsync()
    {
        BlobClientOptions options = new() { Transport = new HttpClientTransport(new HttpClient(ServerCertificate.Trusting(_certificate!))) };
        BlobContainerClient container = new BlobServiceClient(_storage!.ConnectionString, options).GetBlobContainerClient("plan");
        await container.CreateAsync();
        await container.UploadBlobAsync("words", BinaryData.FromString("words;"));
        await container.UploadBlobAsync("in/a", BinaryData.FromString("a;"));
        await container.UploadBlobAsync("in/b", BinaryData.FromString("b;"));
        return container;
    }
}
