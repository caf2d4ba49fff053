using Azure.Core;
using Azure.Identity;
using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Jobs;

public sealed class ProviderTests
{
    private static readonly Uri Authority = new("https://login.example.com");

    [Theory]
    [InlineData(AzureCredentialSource.Default, typeof(DefaultAzureCredential))]
    [InlineData(AzureCredentialSource.ManagedIdentity, typeof(ManagedIdentityCredential))]
    [InlineData(AzureCredentialSource.AzureCli, typeof(AzureCliCredential))]
    [InlineData(AzureCredentialSource.WorkloadIdentity, typeof(WorkloadIdentityCredential))]
    [InlineData(AzureCredentialSource.Environment, typeof(EnvironmentCredential))]
    [InlineData(AzureCredentialSource.Interactive, typeof(InteractiveBrowserCredential))]
    public void Each_source_of_sign_ins_has_its_credential(AzureCredentialSource source, Type type)
    {
        TokenCredential credential = AzureCredentials.Create(source, "01234567-89ab-cdef-0123-456789abcdef", "contoso.example.com", Authority);

        Assert.IsType(type, credential);
    }

    [Fact]
    public void A_credential_is_made_once()
    {
        AzureCloud cloud = AzureCloud.Of(new Uri("https://a.westeurope.batch.azure.com"));
        AzureBatchConfig config = new() { Credential = AzureCredentialSource.AzureCli };

        Assert.Same(AzureCredentials.For(config, cloud), AzureCredentials.For(config.Copy(), cloud));
        Assert.NotSame(AzureCredentials.For(config, cloud), AzureCredentials.For(new AzureBatchConfig { Credential = AzureCredentialSource.AzureCli, TenantId = "t.example.com" }, cloud));
    }

    [Theory]
    [InlineData("https://a.westeurope.batch.azure.com", "https://batch.core.windows.net//.default", "blob.core.windows.net")]
    [InlineData("https://a.usgovvirginia.batch.usgovcloudapi.net", "https://batch.core.usgovcloudapi.net//.default", "blob.core.usgovcloudapi.net")]
    [InlineData("https://a.chinanorth.batch.chinacloudapi.cn", "https://batch.chinacloudapi.cn//.default", "blob.core.chinacloudapi.cn")]
    public void The_endpoint_tells_the_cloud(string endpoint, string scope, string domain)
    {
        AzureCloud cloud = AzureCloud.Of(new Uri(endpoint));

        Assert.Equal((scope, domain), (cloud.BatchScope, cloud.BlobDomain));
    }

    [Fact]
    public void The_environment_can_name_another_place_to_sign_in()
    {
        Uri endpoint = new("https://a.westeurope.batch.azure.com");

        Uri own = AzureCloud.Of(endpoint, name => name == "AZURE_AUTHORITY_HOST" ? "https://login.contoso.example" : null).Authority;
        Uri usual = AzureCloud.Of(endpoint, _ => null).Authority;
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => AzureCloud.Of(endpoint, _ => "http://login.contoso.example"));

        Assert.Equal(("https://login.contoso.example/", "https://login.microsoftonline.com/"), (own.ToString(), usual.ToString()));
        Assert.Equal((true, false), (AzureCloud.IsKnownAuthority(usual), AzureCloud.IsKnownAuthority(own)));
        Assert.Contains("AZURE_AUTHORITY_HOST is 'http://login.contoso.example'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_is_made_without_the_worker_and_without_asking_anyone()
    {
        AzureBatchConfig config = new()
        {
            BatchAccountName = "nosuchaccount",
            BatchAccountEndpoint = "https://nosuchaccount.westeurope.batch.azure.com",
            StorageAccountName = "nosuchstorage",
            PoolId = "p",
            WorkerPath = "/no/such/worker",
        };

        Assert.NotNull(new AzureBackendProvider().Create(config, new BackendContext { WorkerHome = new WorkerHome() }));
    }

    [Fact]
    public void All_faults_of_a_configuration_are_named_at_once()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => new AzureBackendProvider().Create(
            new AzureBatchConfig { BatchAccountName = "UPPER", BatchAccountEndpoint = "http://example.com", StorageAccountName = "s", SpotNodeCount = -1 },
            new BackendContext { WorkerHome = new WorkerHome() }));

        Assert.Equal("BatchConfigInvalid", error.ErrorId);
        Assert.All(
            new[] { "{BatchAccountName}", "{BatchAccountEndpoint}", "{StorageAccountName}", "{SpotNodeCount}", "{PoolId}" },
            option => Assert.Contains(option, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_backends_configuration_is_refused() => Assert.Equal(
        "UnknownBackend",
        Assert.Throws<InvalidInputException>(() => new AzureBackendProvider().Create(new LocalBatchConfig(), new BackendContext { WorkerHome = new WorkerHome() })).ErrorId);
}
