using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Signs addresses of one container for compute nodes: each right by itself, and all until the same time.</summary>
/// <remarks>
/// Nodes may read single blobs and write new ones, and one that merges may read the results of its run; nobody but the owner deletes. With a token, addresses are signed by a key that
/// the service makes for who is signed in, and they end with that person's rights; else by the account's key.
/// </remarks>
internal sealed class StorageAccess
{
    /// <summary>The longest time that the service lets an address live that is signed on behalf of a person.</summary>
    public static readonly TimeSpan LongestDelegation = TimeSpan.FromDays(7);

    /// <summary>How long addresses live unless it is said.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(24);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    private readonly StorageContainer _container;
    private readonly DateTimeOffset _startsOn;
    private readonly UserDelegationKey? _delegation;

    private StorageAccess(StorageContainer container, DateTimeOffset startsOn, DateTimeOffset expiresOn, UserDelegationKey? delegation)
    {
        _container = container;
        _startsOn = startsOn;
        ExpiresOn = expiresOn;
        _delegation = delegation;
    }

    /// <summary>When the addresses stop being valid.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>The address by which one blob can be read, and nothing else be done.</summary>
    public SignedAddress ReadBlob(string blobName)
    {
        BlobName.Check(blobName);
        BlobSasBuilder rights = Rights("b");
        rights.BlobName = blobName;
        rights.SetPermissions(BlobSasPermissions.Read);
        BlobClient blob = _container.Client.GetBlobClient(blobName);
        return new SignedAddress(
            _delegation is null ? blob.GenerateSasUri(rights) : Delegated(new BlobUriBuilder(blob.Uri), rights), ExpiresOn);
    }

    /// <summary>The address by which the container's blobs can be listed and read, and nothing else be done.</summary>
    public SignedAddress ReadAll() => SignContainer(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List);

    /// <summary>The address by which blobs of the container can be created and written, but neither read nor listed nor deleted.</summary>
    /// <remarks>The service uploads large outputs in blocks, for which the right to create is not enough.</remarks>
    public SignedAddress WriteOutputs() => SignContainer(BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write);

    /// <summary>The rights that can be signed, without how.</summary>
    public override string ToString() => $"{_container} until {ExpiresOn:u}";

    internal static async Task<StorageAccess> CreateAsync(StorageContainer container, TimeSpan duration, CancellationToken cancellationToken)
    {
        StorageAccount account = container.Account;
        CheckDuration(duration, account);
        DateTimeOffset expiresOn = account.Now + duration;
        DateTimeOffset startsOn = account.Now - ClockSkew;
        if (account.SignsWithKey)
        {
            return new StorageAccess(container, startsOn, expiresOn, delegation: null);
        }

        // The longest duration leaves no room before now, because the key's whole life counts.
        startsOn = startsOn < expiresOn - LongestDelegation ? expiresOn - LongestDelegation : startsOn;
        UserDelegationKey key = await StorageCall.RunAsync(
            "make a user delegation key for",
            new StorageSubject(account.Name),
            async () => (await account.Service.GetUserDelegationKeyAsync(startsOn, expiresOn, cancellationToken).ConfigureAwait(false)).Value,
            cancellationToken).ConfigureAwait(false);
        return new StorageAccess(container, startsOn, expiresOn, key);
    }

    private static void CheckDuration(TimeSpan duration, StorageAccount account)
    {
        TimeSpan longest = account.SignsWithKey ? Longest : LongestDelegation;
        if (duration <= TimeSpan.Zero || duration > longest)
        {
            throw new InvalidInputException(
                "StorageAccessDurationInvalid",
                $"{{StorageAccessDuration}} {duration} is not possible: it has to be longer than nothing and at most {longest.TotalDays:0} days"
                + (account.SignsWithKey ? "." : ", which is the service's limit when signed in with Microsoft Entra ID. Shorten it, or use the account's key."),
                "StorageAccessDuration");
        }
    }

    private SignedAddress SignContainer(BlobContainerSasPermissions permissions)
    {
        BlobSasBuilder rights = Rights("c");
        rights.SetPermissions(permissions);
        BlobContainerClient client = _container.Client;
        return new SignedAddress(
            _delegation is null ? client.GenerateSasUri(rights) : Delegated(new BlobUriBuilder(client.Uri), rights), ExpiresOn);
    }

    private BlobSasBuilder Rights(string resource) => new()
    {
        BlobContainerName = _container.Name,
        Resource = resource,
        StartsOn = _startsOn,
        ExpiresOn = ExpiresOn,
        Protocol = StorageEndpoint.IsHttpLoopback(_container.Account.Endpoint) ? SasProtocol.HttpsAndHttp : SasProtocol.Https,
    };

    private Uri Delegated(BlobUriBuilder address, BlobSasBuilder rights)
    {
        address.Sas = rights.ToSasQueryParameters(_delegation, _container.Account.Name);
        return address.ToUri();
    }
}
