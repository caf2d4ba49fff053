using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>A storage account and the right to use it. Safe to share between threads, and meant to be kept.</summary>
/// <remarks>
/// Keys cannot be read back, and no text of this or of anything it makes holds one. Requests that fail for a passing reason are sent again
/// as <see cref="ClientOptions.Retry"/> says. Plain http is refused, except to this machine, where emulators of the service run.
/// </remarks>
internal sealed class StorageAccount
{
    private readonly TimeProvider _clock;

    private StorageAccount(BlobServiceClient service, bool signsWithKey, TimeProvider? clock, string? name = null)
    {
        Service = service;
        Name = name ?? service.AccountName;
        SignsWithKey = signsWithKey;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The account's name.</summary>
    public string Name { get; }

    /// <summary>The address of the account's blob service.</summary>
    public Uri Endpoint => Service.Uri;

    internal BlobServiceClient Service { get; }

    /// <summary>Whether addresses are signed with the account's key, rather than with one asked for on behalf of who is signed in.</summary>
    internal bool SignsWithKey { get; }

    /// <summary>The time, by which signed addresses begin and end.</summary>
    internal DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Opens an account by its connection string.</summary>
    /// <param name="connectionString">As the portal shows it; double quotes around it do not matter.</param>
    /// <param name="options">Settings; <c>null</c> for the defaults.</param>
    /// <param name="clock">The time; <c>null</c> for this machine's.</param>
    /// <exception cref="InvalidInputException">It is no connection string (<c>StorageConnectionStringInvalid</c>), holds no key
    /// (<c>StorageConnectionStringWithoutKey</c>), or its address cannot be used (<c>StorageEndpointInvalid</c>, <c>StorageEndpointNotHttps</c>).</exception>
    public static StorageAccount FromConnectionString(string connectionString, BlobClientOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        BlobServiceClient service;
        try
        {
            service = new BlobServiceClient(connectionString.Trim().Trim('"'), options);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            // The library's message may quote what it was given, so it stays out.
            throw new InvalidInputException(
                "StorageConnectionStringInvalid",
                "{StorageConnectionString} is not the connection string of a storage account. Copy it whole from the portal (Access keys): DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net",
                "StorageConnectionString");
        }

        StorageEndpoint.Check(service.Uri);
        return service.CanGenerateAccountSasUri
            ? new StorageAccount(service, signsWithKey: true, clock)
            : throw new InvalidInputException(
                "StorageConnectionStringWithoutKey",
                $"{{StorageConnectionString}} of the storage account '{service.AccountName}' holds no AccountKey, which is needed to sign addresses for compute nodes. Use one with a key, or sign in with Microsoft Entra ID.",
                "StorageConnectionString");
    }

    /// <summary>Opens an account by its name and one of its keys.</summary>
    /// <param name="endpoint">The address of the blob service, <c>https://{account}.blob.core.windows.net</c>.</param>
    /// <param name="accountName">The account's name.</param>
    /// <param name="accountKey">The key in base64, as the portal shows it.</param>
    /// <param name="options">Settings; <c>null</c> for the defaults.</param>
    /// <param name="clock">The time; <c>null</c> for this machine's.</param>
    /// <exception cref="InvalidInputException">The key is not base64 (<c>StorageAccountKeyInvalid</c>), or the address cannot be used
    /// (<c>StorageEndpointInvalid</c>, <c>StorageEndpointNotHttps</c>).</exception>
    public static StorageAccount FromKey(
        Uri endpoint, string accountName, string accountKey, BlobClientOptions? options = null, TimeProvider? clock = null)
    {
        StorageEndpoint.Check(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        ArgumentNullException.ThrowIfNull(accountKey);
        string key = accountKey.Trim().Trim('"');
        if (key.Length == 0 || !Convert.TryFromBase64String(key, new byte[key.Length], out _))
        {
            throw new InvalidInputException(
                "StorageAccountKeyInvalid",
                $"{{StorageAccountKey}} of the storage account '{accountName}' is not a key: keys are base64. Copy it whole from the portal (Access keys).",
                "StorageAccountKey");
        }

        StorageSharedKeyCredential credential = new(accountName, key);
        return new StorageAccount(new BlobServiceClient(endpoint, credential, options), signsWithKey: true, clock, accountName);
    }

    /// <summary>Opens an account with tokens of Microsoft Entra ID.</summary>
    /// <param name="endpoint">The address of the blob service, <c>https://{account}.blob.core.windows.net</c>.</param>
    /// <param name="credential">Where tokens come from.</param>
    /// <param name="options">Settings; <c>null</c> for the defaults.</param>
    /// <param name="clock">The time; <c>null</c> for this machine's.</param>
    /// <param name="accountName">The account's name, where the address is of a host that does not begin with it; <c>null</c> takes it from there.</param>
    /// <exception cref="InvalidInputException">The address cannot be used (<c>StorageEndpointInvalid</c>, <c>StorageEndpointNotHttps</c>).</exception>
    public static StorageAccount FromToken(
        Uri endpoint, TokenCredential credential, BlobClientOptions? options = null, TimeProvider? clock = null, string? accountName = null)
    {
        StorageEndpoint.CheckForTokens(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new StorageAccount(new BlobServiceClient(endpoint, credential, options), signsWithKey: false, clock, accountName);
    }

    /// <summary>A container of the account; whether it exists is another question.</summary>
    /// <exception cref="InvalidInputException">The name cannot be one (<c>ContainerNameInvalid</c>).</exception>
    public StorageContainer Container(string name) => new(this, ContainerName.Checked(name));

    /// <summary>Name and address.</summary>
    public override string ToString() => $"{Name} ({Endpoint})";
}
