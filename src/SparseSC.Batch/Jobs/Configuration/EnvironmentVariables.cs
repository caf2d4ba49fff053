namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The variables that settings and keys are taken from when they are not given; the names are the reference's.</summary>
public static class EnvironmentVariables
{
    /// <summary>Name of the Batch account.</summary>
    public const string BatchAccountName = "BATCH_ACCOUNT_NAME";

    /// <summary>Key of the Batch account.</summary>
    public const string BatchAccountKey = "BATCH_ACCOUNT_KEY";

    /// <summary>Address of the Batch account.</summary>
    public const string BatchAccountEndpoint = "BATCH_ACCOUNT_ENDPOINT";

    /// <summary>Key of the storage account.</summary>
    public const string StorageAccountKey = "STORAGE_ACCOUNT_KEY";

    /// <summary>Connection string of the storage account.</summary>
    public const string StorageConnectionString = "STORAGE_ACCOUNT_CONNECTION_STRING";

    /// <summary>The registry of container images.</summary>
    public const string RegistryServer = "REGISTRY_SERVER";

    /// <summary>User of the registry.</summary>
    public const string RegistryUserName = "REGISTRY_USERNAME";

    /// <summary>Password of the registry's user.</summary>
    public const string RegistryPassword = "REGISTRY_PASSWORD";

    /// <summary>The address that sign-ins go to, as for all of Azure's libraries: a cloud of one's own, or what a cluster sets for its pods.</summary>
    public const string AuthorityHost = "AZURE_AUTHORITY_HOST";

    /// <summary>The environment of this process.</summary>
    public static string? OfThisProcess(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>A variable's value without the double quotes that some shells and files leave around it; <c>null</c> when it says nothing.</summary>
    internal static string? Read(Func<string, string?> environment, string name)
    {
        string? value = environment(name)?.Trim();
        if (value is { Length: >= 2 } && value[0] == '"' && value[^1] == '"')
        {
            value = value[1..^1].Trim();
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }
}
