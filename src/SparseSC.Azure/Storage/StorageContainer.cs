using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>One container of a storage account: files in, results out, and signed addresses for compute nodes.</summary>
/// <remarks>
/// Every method throws <see cref="BatchJobException"/> when the service refuses or cannot be reached; its id says which:
/// <c>StorageSignInFailed</c>, <c>StorageAccessDenied</c>, <c>StorageKeyForbidden</c>, <c>StorageContainerNotFound</c>,
/// <c>StorageContainerBeingDeleted</c>, <c>StorageBusy</c>, <c>StorageTimeout</c>, <c>StorageUnreachable</c>, <c>StorageNotFound</c>,
/// <c>StorageUnexpectedAnswer</c>, <c>StorageRequestFailed</c>. All of them can be called from many threads, and again after they failed.
/// </remarks>
internal sealed class StorageContainer
{
    internal StorageContainer(StorageAccount account, string name)
    {
        Account = account;
        Name = name;
        Client = account.Service.GetBlobContainerClient(name);
    }

    /// <summary>The container's account.</summary>
    public StorageAccount Account { get; }

    /// <summary>The container's name.</summary>
    public string Name { get; }

    internal BlobContainerClient Client { get; }

    /// <summary>Makes the container, for its owner alone, unless it exists.</summary>
    /// <returns>Whether it was made.</returns>
    public Task<bool> CreateIfMissingAsync(CancellationToken cancellationToken = default) => CallAsync(
        "create",
        async () =>
        {
            try
            {
                return await Client.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false) is not null;
            }
            catch (RequestFailedException error) when (error.Status == 403)
            {
                // A role on this container alone lets nobody make containers, and need not when this one exists.
                if (await MayBeSeenAsync(cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                throw;
            }
        },
        cancellationToken);

    /// <summary>Whether the container is there.</summary>
    public Task<bool> ExistsAsync(CancellationToken cancellationToken = default) => CallAsync(
        "look at", async () => (await Client.ExistsAsync(cancellationToken).ConfigureAwait(false)).Value, cancellationToken);

    /// <summary>Deletes the container and all in it. Its name is not free again before half a minute or more.</summary>
    /// <returns>Whether it existed.</returns>
    public Task<bool> DeleteAsync(CancellationToken cancellationToken = default) => CallAsync(
        "delete",
        async () => (await Client.DeleteIfExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value,
        cancellationToken);

    /// <summary>Deletes one blob.</summary>
    /// <returns>Whether it existed.</returns>
    public async Task<bool> DeleteBlobAsync(string blobName, CancellationToken cancellationToken = default) => await StorageCall.RunAsync(
        "delete",
        Subject(blobName),
        async () => (await Client.DeleteBlobIfExistsAsync(blobName, cancellationToken: cancellationToken).ConfigureAwait(false)).Value,
        cancellationToken).ConfigureAwait(false);

    /// <summary>Lists blobs in the order of their names, while pages of them arrive.</summary>
    /// <param name="prefix">What names start with; empty for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<StoredBlob> ListAsync(string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        IAsyncEnumerator<BlobItem> blobs = Client.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable closing = blobs.ConfigureAwait(false);
        while (await CallAsync("list", () => blobs.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
        {
            BlobItem blob = blobs.Current;
            if (!IsFolder(blob))
            {
                yield return new StoredBlob(
                    blob.Name,
                    blob.Properties.ContentLength ?? 0,
                    ContentHash.Of(blob.Metadata),
                    blob.Properties.ContentHash is { Length: > 0 } md5 ? Convert.ToBase64String(md5) : null,
                    // Listings give versions without their quotes, and everything else with them.
                    blob.Properties.ETag is { } version ? new ETag(version.ToString("H")) : default,
                    blob.Properties.LastModified ?? default);
            }
        }
    }

    /// <summary>Uploads files; what is there already with the same hash and size is left alone.</summary>
    /// <remarks>A blob appears whole, together with its hash, or stays as it was; so also when this is cancelled.</remarks>
    /// <param name="sources">The files and their blobs' names.</param>
    /// <param name="options">How; <c>null</c> for the defaults.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>One item for each source, in their order.</returns>
    /// <exception cref="InvalidInputException">A name cannot be a blob's (<c>BlobNameInvalid</c>) or occurs twice (<c>BlobNameDuplicate</c>), or a file
    /// does not exist (<c>StorageFileMissing</c>).</exception>
    /// <exception cref="BatchJobException">Also when a file changes meanwhile (<c>StorageFileChanged</c>).</exception>
    public async Task<IReadOnlyList<UploadedBlob>> UploadAsync(
        IReadOnlyList<BlobSource> sources, BlobTransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        using BlobUploader uploader = new(this, options ?? new BlobTransferOptions());
        return await uploader.RunAsync(sources, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Downloads the blobs under a prefix.</summary>
    /// <param name="prefix">What names start with. Its part up to the last slash does not become folders.</param>
    /// <param name="directory">Where to; made when it is missing.</param>
    /// <param name="options">How; <c>null</c> for the defaults.</param>
    /// <param name="cancellationToken">Ends the download; files are whole all the same.</param>
    public async Task<BlobDownload> DownloadAsync(
        string prefix, string directory, BlobTransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<StoredBlob> blobs = [];
        await foreach (StoredBlob blob in ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            blobs.Add(blob);
        }

        return await DownloadAsync(blobs, prefix[..(prefix.LastIndexOf('/') + 1)], directory, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Downloads blobs that were listed; files that hold the same content already are left alone.</summary>
    /// <remarks>
    /// A blob is refused, and the others go on, when its name would lead out of the directory or be no file name on some system, when its
    /// content is not what its SHA-256, else its MD5, else its length says, or when it changed since it was listed.
    /// </remarks>
    /// <param name="blobs">The blobs.</param>
    /// <param name="parent">What to leave away at the start of their names, such as <c>results/</c>; may be empty.</param>
    /// <param name="directory">Where to; made when it is missing.</param>
    /// <param name="options">How; <c>null</c> for the defaults.</param>
    /// <param name="cancellationToken">Ends the download; files are whole all the same.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public Task<BlobDownload> DownloadAsync(
        IReadOnlyList<StoredBlob> blobs, string parent, string directory, BlobTransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new BlobDownloader(this, options ?? new BlobTransferOptions()).RunAsync(blobs, directory, parent, cancellationToken);
    }

    /// <summary>Writes a small text.</summary>
    /// <param name="blobName">The blob's name.</param>
    /// <param name="text">The text, up to 4 MiB in UTF-8.</param>
    /// <param name="ifAbsent">Whether to write only when there is no such blob.</param>
    /// <param name="ifMatch">The version to replace; <c>null</c> replaces any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version written.</returns>
    /// <exception cref="BatchJobException">Also when it exists (<c>StorageBlobExists</c>) or is another version (<c>StorageBlobChanged</c>).</exception>
    public Task<ETag> WriteTextAsync(
        string blobName, string text, bool ifAbsent = false, ETag? ifMatch = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return BlobText.WriteAsync(this, blobName, text, ifAbsent, ifMatch, cancellationToken);
    }

    /// <summary>Reads a small text.</summary>
    /// <returns>The text with its version; <c>null</c> when there is no such blob.</returns>
    public Task<StoredText?> ReadTextAsync(string blobName, CancellationToken cancellationToken = default) =>
        BlobText.ReadAsync(this, blobName, cancellationToken);

    /// <summary>Prepares to sign addresses.</summary>
    /// <param name="duration">How long they are valid: more than nothing, and at most 7 days when signed in with a token; <c>null</c> is 24 hours.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">The duration is not possible (<c>StorageAccessDurationInvalid</c>).</exception>
    public Task<StorageAccess> GrantAccessAsync(TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        StorageAccess.CreateAsync(this, duration ?? StorageAccess.DefaultDuration, cancellationToken);

    /// <summary>Name and account.</summary>
    public override string ToString() => Subject().ToString();

    internal StorageSubject Subject(string? blobName = null) => new(Account.Name, Name, blobName);

    private Task<T> CallAsync<T>(string action, Func<Task<T>> call, CancellationToken cancellationToken) =>
        StorageCall.RunAsync(action, Subject(), call, cancellationToken);

    private async Task<bool> MayBeSeenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Client.ExistsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException error) when (error.Status == 403)
        {
            return false;
        }
    }

    // Accounts with a hierarchy of folders list those among the blobs.
    private static bool IsFolder(BlobItem blob) =>
        blob.Metadata?.TryGetValue("hdi_isfolder", out string? isFolder) == true && bool.TryParse(isFolder, out bool value) && value;
}
