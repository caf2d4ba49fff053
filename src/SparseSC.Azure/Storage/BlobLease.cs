using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace SparseSC.Azure.Storage;

/// <summary>A lease on a blob: one holder at a time, by the service's clock, until it is released or not renewed in time.</summary>
/// <remarks>Source: "Lease Blob" of the Blob service's REST interface; a lease lasts 15 to 60 seconds.</remarks>
internal sealed class BlobLease
{
    private readonly StorageContainer _container;
    private readonly string _blobName;
    private readonly BlobLeaseClient _client;

    private BlobLease(StorageContainer container, string blobName, string leaseId)
    {
        _container = container;
        _blobName = blobName;
        _client = Blob(container, blobName).GetBlobLeaseClient(leaseId);
    }

    /// <summary>Takes the lease; the blob is made when it is missing.</summary>
    /// <param name="container">The blob's container.</param>
    /// <param name="blobName">The blob, which holds nothing.</param>
    /// <param name="leaseId">The holder's own id, a GUID: taking it again with the same id, after an answer that was lost, succeeds.</param>
    /// <param name="duration">How long it lasts unless it is renewed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease; <c>null</c> when somebody else holds it.</returns>
    public static async Task<BlobLease?> TryAcquireAsync(
        StorageContainer container, string blobName, string leaseId, TimeSpan duration, CancellationToken cancellationToken)
    {
        await MakeAsync(container, blobName, cancellationToken).ConfigureAwait(false);
        BlobLease lease = new(container, blobName, leaseId);
        return await lease.CallAsync(
            "take the lease of", () => lease._client.AcquireAsync(duration, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false)
            ? lease
            : null;
    }

    /// <summary>Whether somebody holds the lease.</summary>
    public static Task<bool> IsHeldAsync(StorageContainer container, string blobName, CancellationToken cancellationToken) => StorageCall.RunAsync(
        "look at the lease of",
        container.Subject(blobName),
        async () =>
        {
            try
            {
                BlobProperties properties = await Blob(container, blobName).GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                return properties.LeaseState is LeaseState.Leased or LeaseState.Breaking;
            }
            catch (RequestFailedException error) when (error.Status == 404)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Ends the lease of whoever holds it, at once.</summary>
    public static Task<bool> BreakAsync(StorageContainer container, string blobName, CancellationToken cancellationToken) => StorageCall.RunAsync(
        "break the lease of",
        container.Subject(blobName),
        async () =>
        {
            try
            {
                await Blob(container, blobName).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException error) when (error.Status is 404 or 409)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Deletes the blob unless somebody holds its lease.</summary>
    /// <returns>Whether it was deleted.</returns>
    public static Task<bool> DeleteBlobAsync(StorageContainer container, string blobName, CancellationToken cancellationToken) => StorageCall.RunAsync(
        "delete",
        container.Subject(blobName),
        async () =>
        {
            try
            {
                return (await Blob(container, blobName).DeleteIfExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            }
            catch (RequestFailedException error) when (error.ErrorCode == "LeaseIdMissing")
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Makes the lease last anew.</summary>
    /// <returns>Whether it is still held; not when it ran out and somebody else took it, or it was broken.</returns>
    public Task<bool> RenewAsync(CancellationToken cancellationToken) =>
        CallAsync("renew the lease of", () => _client.RenewAsync(cancellationToken: cancellationToken), cancellationToken);

    /// <summary>Gives it back.</summary>
    public Task<bool> ReleaseAsync(CancellationToken cancellationToken) =>
        CallAsync("give back the lease of", () => _client.ReleaseAsync(cancellationToken: cancellationToken), cancellationToken);

    private static BlobClient Blob(StorageContainer container, string blobName) => container.Client.GetBlobClient(blobName);

    private static async Task MakeAsync(StorageContainer container, string blobName, CancellationToken cancellationToken) => await StorageCall.RunAsync(
        "write",
        container.Subject(blobName),
        async () =>
        {
            try
            {
                BlobUploadOptions ifAbsent = new() { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
                await Blob(container, blobName).UploadAsync(Stream.Null, ifAbsent, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException error) when (error.Status is 409 or 412)
            {
                // It is there; 412 also says that it is leased.
                return false;
            }
        },
        cancellationToken).ConfigureAwait(false);

    // 409 means that somebody else holds the lease or that it is no longer held; 404 that its blob is gone, and the lease with it.
    private Task<bool> CallAsync<T>(string action, Func<Task<T>> call, CancellationToken cancellationToken) => StorageCall.RunAsync(
        action,
        _container.Subject(_blobName),
        async () =>
        {
            try
            {
                await call().ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException error) when (error.Status == 409 || error.ErrorCode == "BlobNotFound")
            {
                return false;
            }
        },
        cancellationToken);
}
