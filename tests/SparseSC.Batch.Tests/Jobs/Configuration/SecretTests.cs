using SparseSC.Batch.Jobs.Configuration;
using static SparseSC.Batch.Tests.Jobs.Configuration.ConfigFixture;

namespace SparseSC.Batch.Tests.Jobs.Configuration;

public sealed class SecretTests : IDisposable
{
    private const string OtherKey = "b3RoZXItb3RoZXItb3RoZXI=";

    private readonly ConfigFixture _fixture = new();

    [Fact]
    public void GivenKeysComeBeforeTheEnvironmentsAndNoneMeansToSignIn()
    {
        Func<string, string?> environment = Environment(
            ("BATCH_ACCOUNT_KEY", $"\"{OtherKey}\""), ("STORAGE_ACCOUNT_KEY", $" \"{OtherKey}\" "), ("REGISTRY_PASSWORD", "\"p w\""));
        AzureBatchConfig config = Sound();
        config.RegistryUserName = "puller";
        AzureKeys found = SecretResolver.Resolve(config, environment);
        Assert.Equal((OtherKey, OtherKey, "p w"), (found.BatchAccountKey, found.StorageAccountKey, found.RegistryPassword));

        config.Secrets.WithBatchAccountKey(Secret(Key)).WithStorageAccountKey(Secret(Key)).WithRegistryPassword(Secret("given"));
        AzureKeys given = SecretResolver.Resolve(config, environment);
        Assert.Equal((Key, Key, "given"), (given.BatchAccountKey, given.StorageAccountKey, given.RegistryPassword));

        AzureKeys none = SecretResolver.Resolve(Sound(), Environment(("BATCH_ACCOUNT_KEY", "\"\""), ("STORAGE_ACCOUNT_KEY", "")));
        Assert.Equal((null, null, null), (none.BatchAccountKey, none.StorageAccountKey, none.RegistryPassword));
    }

    [Fact]
    public void ConnectionStringsGiveNameKeyAndAddress()
    {
        string text = $"DefaultEndpointsProtocol=https;AccountName=fromtext;AccountKey={Key};EndpointSuffix=core.usgovcloudapi.net";
        AzureBatchConfig config = Sound();
        config.StorageAccountName = null;
        AzureBatchConfig filled = AzureEnvironment.Fill(config, Environment(("STORAGE_ACCOUNT_CONNECTION_STRING", $"\"{text}\"")));
        Assert.Equal("fromtext", filled.StorageAccountName);
        Assert.Equal("https://fromtext.blob.core.usgovcloudapi.net", filled.StorageEndpoint);
        Assert.Equal(Key, SecretResolver.Resolve(filled, Environment(("STORAGE_ACCOUNT_CONNECTION_STRING", text))).StorageAccountKey);
        Assert.Null(config.StorageAccountName);

        config.Secrets.WithStorageConnectionString(Secret($"AccountName=devstoreaccount1;AccountKey={Key};BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1"));
        AzureBatchConfig given = AzureEnvironment.Fill(config, Environment(("STORAGE_ACCOUNT_CONNECTION_STRING", text)));
        Assert.Equal(("devstoreaccount1", "http://127.0.0.1:10000/devstoreaccount1"), (given.StorageAccountName, given.StorageEndpoint));
        Assert.Equal(Key, SecretResolver.Resolve(given, Environment()).StorageAccountKey);
    }

    [Fact]
    public void MissingSettingsComeFromTheEnvironmentAndGivenOnesStay()
    {
        Func<string, string?> environment = Environment(
            ("BATCH_ACCOUNT_NAME", "\"envfits\""), ("BATCH_ACCOUNT_ENDPOINT", "envfits.northeurope.batch.azure.com"),
            ("REGISTRY_SERVER", "fits.azurecr.io"), ("REGISTRY_USERNAME", "puller"));
        AzureBatchConfig empty = AzureEnvironment.Fill(new AzureBatchConfig { ContainerImage = "fits.azurecr.io/fit:1" }, environment);
        Assert.Equal(
            ("envfits", "https://envfits.northeurope.batch.azure.com", "fits.azurecr.io", "puller"),
            (empty.BatchAccountName, empty.BatchAccountEndpoint, empty.RegistryServer, empty.RegistryUserName));

        AzureBatchConfig other = AzureEnvironment.Fill(new AzureBatchConfig { BatchAccountName = "mine", ContainerImage = "mcr.microsoft.com/fit" }, environment);
        Assert.Equal(("mine", null, null, null), (other.BatchAccountName, other.BatchAccountEndpoint, other.RegistryServer, other.RegistryUserName));

        AzureBatchConfig identity = AzureEnvironment.Fill(
            new AzureBatchConfig { ContainerImage = "fits.azurecr.io/fit:1", RegistryIdentityId = Identity }, environment);
        Assert.Equal(("fits.azurecr.io", null), (identity.RegistryServer, identity.RegistryUserName));

        AzureBatchConfig byAddress = AzureEnvironment.Fill(
            new AzureBatchConfig { BatchAccountEndpoint = "mine.westeurope.batch.azure.com", StorageEndpoint = "https://store.blob.core.windows.net/" }, environment);
        Assert.Equal(("mine", "https://mine.westeurope.batch.azure.com", "store"), (byAddress.BatchAccountName, byAddress.BatchAccountEndpoint, byAddress.StorageAccountName));
    }

    [Fact]
    public void KeysOfOtherAccountsAreNotTried()
    {
        AzureBatchConfig config = Sound();
        Func<string, string?> environment = Environment(
            ("BATCH_ACCOUNT_NAME", "other"), ("BATCH_ACCOUNT_KEY", Key), ("STORAGE_ACCOUNT_CONNECTION_STRING", $"AccountName=another;AccountKey={Key}"));
        AzureKeys keys = SecretResolver.Resolve(config, environment);
        Assert.Equal((null, null), (keys.BatchAccountKey, keys.StorageAccountKey));
        IReadOnlyList<string> warnings = AzureBatchConfigValidator.Validate(config, _fixture.Home, environment);
        Assert.Equal(2, warnings.Count);
        Assert.Contains(warnings, text => text.Contains("BATCH_ACCOUNT_KEY", StringComparison.Ordinal) && text.Contains("'other'", StringComparison.Ordinal));
        Assert.Contains(warnings, text => text.Contains("STORAGE_ACCOUNT_CONNECTION_STRING", StringComparison.Ordinal) && text.Contains("'another'", StringComparison.Ordinal));
    }

    [Fact]
    public void NoMessageRepeatsASecret()
    {
        const string Hidden = "hidden*hidden";
        AzureBatchConfig config = new() { BatchAccountEndpoint = $"https://u:{Hidden}@host/?sig={Hidden}", StorageEndpoint = $"https://host/?sig={Hidden}" };
        config.Secrets.WithBatchAccountKey(Secret(Hidden)).WithStorageAccountKey(Secret(Hidden))
            .WithStorageConnectionString(Secret($"AccountKey={Hidden}")).WithRegistryPassword(Secret(Hidden));
        string said = string.Join('\n', AzureBatchConfigValidator.Inspect(config, _fixture.Home, Environment()).Select(finding => finding.Message));
        Assert.Contains("{BatchAccountKey}", said, StringComparison.Ordinal);
        Assert.Contains("{StorageConnectionString}", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, said, StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();
}
