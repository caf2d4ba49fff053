using System.Net;
using System.Security;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Keys and passwords of a configuration. Nothing of it is public but ways to put secrets in.</summary>
public sealed class AzureSecrets
{
    private SecureString? _batchAccountKey;
    private SecureString? _storageAccountKey;
    private SecureString? _storageConnectionString;
    private SecureString? _registryPassword;

    /// <summary>The key of the Batch account.</summary>
    internal string? BatchAccountKey => Open(_batchAccountKey);

    /// <summary>The key of the storage account.</summary>
    internal string? StorageAccountKey => Open(_storageAccountKey);

    /// <summary>The storage account's connection string, with its key.</summary>
    internal string? StorageConnectionString => Open(_storageConnectionString);

    /// <summary>The password of the registry's user.</summary>
    internal string? RegistryPassword => Open(_registryPassword);

    /// <summary>Puts in the key of the Batch account.</summary>
    public AzureSecrets WithBatchAccountKey(SecureString? value)
    {
        _batchAccountKey = value?.Copy();
        return this;
    }

    /// <summary>Puts in the key of the storage account.</summary>
    public AzureSecrets WithStorageAccountKey(SecureString? value)
    {
        _storageAccountKey = value?.Copy();
        return this;
    }

    /// <summary>Puts in the storage account's connection string.</summary>
    public AzureSecrets WithStorageConnectionString(SecureString? value)
    {
        _storageConnectionString = value?.Copy();
        return this;
    }

    /// <summary>Puts in the password of the registry's user.</summary>
    public AzureSecrets WithRegistryPassword(SecureString? value)
    {
        _registryPassword = value?.Copy();
        return this;
    }

    private static string? Open(SecureString? value) => value is null || value.Length == 0 ? null : new NetworkCredential("", value).Password;
}
