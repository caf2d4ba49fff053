using static SparseSC.Batch.Jobs.Configuration.EnvironmentVariables;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Finds the keys of a configuration: those it was given, else those of the environment, else none, which means to sign in.</summary>
internal static class SecretResolver
{
    /// <summary>The keys for the accounts of <paramref name="config"/>.</summary>
    /// <remarks>
    /// A key of the environment is used for the account that the environment names beside it and for no other: tried on another
    /// account it could only be refused, where a sign-in may well succeed.
    /// </remarks>
    /// <param name="config">The configuration, filled by <see cref="AzureEnvironment"/>.</param>
    /// <param name="environment">The value of a variable, or <c>null</c>.</param>
    public static AzureKeys Resolve(AzureBatchConfig config, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(environment);
        List<string> warnings = [];
        return new AzureKeys
        {
            BatchAccountKey = config.Secrets.BatchAccountKey ?? FromEnvironment(
                Read(environment, BatchAccountKey), BatchAccountKey, Read(environment, BatchAccountName), config.BatchAccountName, "BatchAccountName", warnings),
            StorageAccountKey = StorageKey(config, environment, warnings),
            RegistryPassword = config.RegistryUserName is null ? config.Secrets.RegistryPassword : config.Secrets.RegistryPassword ?? FromEnvironment(
                Read(environment, RegistryPassword), RegistryPassword, Read(environment, RegistryUserName), config.RegistryUserName, "RegistryUserName", warnings),
            Warnings = warnings,
        };
    }

    private static string? StorageKey(AzureBatchConfig config, Func<string, string?> environment, List<string> warnings)
    {
        string? given = config.Secrets.StorageAccountKey ?? StorageConnectionString.TryParse(config.Secrets.StorageConnectionString)?.AccountKey;
        if (given is not null)
        {
            return given;
        }

        StorageConnectionString? connection = StorageConnectionString.TryParse(Read(environment, EnvironmentVariables.StorageConnectionString));
        return FromEnvironment(
            Read(environment, StorageAccountKey), StorageAccountKey, connection?.AccountName, config.StorageAccountName, "StorageAccountName", warnings)
            ?? FromEnvironment(
                connection?.AccountKey,
                EnvironmentVariables.StorageConnectionString,
                connection?.AccountName,
                config.StorageAccountName,
                "StorageAccountName",
                warnings);
    }

    private static string? FromEnvironment(
        string? secret, string variable, string? ownerInEnvironment, string? owner, string ownerParameter, List<string> warnings)
    {
        if (secret is null || ownerInEnvironment is null || owner is null || string.Equals(owner, ownerInEnvironment, StringComparison.OrdinalIgnoreCase))
        {
            return secret;
        }

        warnings.Add($"{variable} of the environment is not used: it belongs to '{ownerInEnvironment}', and {{{ownerParameter}}} is '{owner}'.");
        return null;
    }
}
