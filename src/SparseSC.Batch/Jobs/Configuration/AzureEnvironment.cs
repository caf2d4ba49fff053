using static SparseSC.Batch.Jobs.Configuration.EnvironmentVariables;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Fills settings that were not given from the environment, and from each other.</summary>
public static class AzureEnvironment
{
    /// <summary>A copy of <paramref name="config"/> with what the environment adds; what was given stays as it is.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="environment">The value of a variable, or <c>null</c>; see <see cref="OfThisProcess"/>.</param>
    public static AzureBatchConfig Fill(AzureBatchConfig config, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(environment);
        AzureBatchConfig filled = config.Copy();
        FillBatch(filled, environment);
        FillStorage(filled, environment);
        FillRegistry(filled, environment);
        return filled;
    }

    // The portal shows the address without its scheme. What is no host's name stays as it is and is refused by its rule.
    private static string? WithScheme(string? address) =>
        string.IsNullOrWhiteSpace(address) ? null : IsHost(address.Trim()) ? $"https://{address.Trim()}" : address.Trim();

    private static bool IsHost(string address)
    {
        string host = address.Split('/', ':')[0];
        return !address.Contains("://", StringComparison.Ordinal)
            && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4
            && (host.Contains('.', StringComparison.Ordinal) || host == "localhost");
    }

    private static void FillBatch(AzureBatchConfig config, Func<string, string?> environment)
    {
        config.BatchAccountEndpoint = WithScheme(config.BatchAccountEndpoint);
        config.BatchAccountName = NullIfBlank(config.BatchAccountName) ?? AccountOfHost(config.BatchAccountEndpoint);
        string? name = Read(environment, BatchAccountName);
        string? endpoint = WithScheme(Read(environment, BatchAccountEndpoint));
        name ??= AccountOfHost(endpoint);
        config.BatchAccountName ??= name;

        // The address of one account is none for another.
        if (config.BatchAccountEndpoint is null && string.Equals(config.BatchAccountName, name, StringComparison.OrdinalIgnoreCase))
        {
            config.BatchAccountEndpoint = endpoint;
        }
    }

    private static void FillStorage(AzureBatchConfig config, Func<string, string?> environment)
    {
        config.StorageEndpoint = WithScheme(config.StorageEndpoint);
        config.StorageAccountName = NullIfBlank(config.StorageAccountName);
        TakeStorage(config, StorageConnectionString.TryParse(config.Secrets.StorageConnectionString));
        config.StorageAccountName ??= AccountOfHost(config.StorageEndpoint);
        TakeStorage(config, StorageConnectionString.TryParse(Read(environment, EnvironmentVariables.StorageConnectionString)));
    }

    private static void TakeStorage(AzureBatchConfig config, StorageConnectionString? connection)
    {
        if (connection is null)
        {
            return;
        }

        config.StorageAccountName ??= connection.AccountName;
        if (string.Equals(config.StorageAccountName, connection.AccountName, StringComparison.OrdinalIgnoreCase))
        {
            config.StorageEndpoint ??= connection.BlobEndpoint;
        }
    }

    private static void FillRegistry(AzureBatchConfig config, Func<string, string?> environment)
    {
        config.ContainerImage = NullIfBlank(config.ContainerImage);
        config.RegistryServer = NullIfBlank(config.RegistryServer);
        config.RegistryUserName = NullIfBlank(config.RegistryUserName);
        string? server = Read(environment, RegistryServer);
        bool isTheImages = config.ContainerImage is not null && server is not null && ContainerValidator.LiesIn(config.ContainerImage, server)
            && (config.RegistryServer is null || ContainerValidator.IsSameServer(config.RegistryServer, server));
        if (isTheImages)
        {
            config.RegistryServer ??= server;
            if (config.RegistryIdentityId is null)
            {
                config.RegistryUserName ??= Read(environment, RegistryUserName);
            }
        }
    }

    private static string? AccountOfHost(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.HostNameType == UriHostNameType.Dns && !uri.IsLoopback && uri.Host.Contains('.', StringComparison.Ordinal)
            ? uri.Host[..uri.Host.IndexOf('.', StringComparison.Ordinal)]
            : null;

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
