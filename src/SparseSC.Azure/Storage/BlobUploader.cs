using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Brings files into a container, each of them whole or not at all.</summary>
/// <remarks>A blob's hash is written by the request that makes its content visible, and that request is one.</remarks>
internal sealed class BlobUploader : IDisposable
{
    private readonly StorageContainer _container;
    private readonly BlobTransferOptions _options;

    // Files and blocks of files share the requests that may be under way; whoever holds one also holds the memory of a block.
    private readonly SemaphoreSlim _requests;

    public BlobUploader(StorageContainer container, BlobTransferOptions options)
    {
        _container = container;
        _options = options;
        _requests = new SemaphoreSlim(options.MaxDegreeOfParallelism);
    }

    public async Task<IReadOnlyList<UploadedBlob>> RunAsync(IReadOnlyList<BlobSource> sources, CancellationToken cancellationToken)
    {
        long bytes = Check(sources);
        TransferCounter counter = new(_options.Progress, sources.Count, bytes);
        UploadedBlob[] uploaded = new UploadedBlob[sources.Count];
        await Parallel.ForAsync(0, sources.Count, Parallelism(cancellationToken), async (i, token) =>
            uploaded[i] = await UploadAsync(sources[i], counter, token).ConfigureAwait(false)).ConfigureAwait(false);
        return uploaded;
    }

    public void Dispose() => _requests.Dispose();

    private static long Check(IReadOnlyList<BlobSource> sources)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        long bytes = 0;
        foreach (BlobSource source in sources)
        {
            BlobName.Check(source.BlobName);
            if (!names.Add(source.BlobName))
            {
                throw new InvalidInputException("BlobNameDuplicate", $"Two files would become the blob '{source.BlobName}'. Give each its own name.");
            }

            FileInfo file = new(source.Path);
            bytes += file.Exists
                ? file.Length
                : throw new InvalidInputException(ErrorIds.StorageFileMissing, $"'{source.Path}' cannot be uploaded: it does not exist, or is not a file.", source.Path);
        }

        return bytes;
    }

    private ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };

    private async Task<UploadedBlob> UploadAsync(BlobSource source, TransferCounter counter, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = _container.Client.GetBlockBlobClient(source.BlobName);
        using LocalContent content = await LocalContent.OpenAsync(source.Path, _options.BlockSize, cancellationToken).ConfigureAwait(false);
        bool wasThere = await RequestAsync(source, () => IsThereAsync(blob, content, _options.ComparesContent, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (wasThere)
        {
            counter.Add(0, content.Length);
        }
        else
        {
            await SendAsync(source, blob, content, counter, cancellationToken).ConfigureAwait(false);
        }

        counter.Add(1, 0);
        return new UploadedBlob(source.BlobName, content.Length, content.Sha256, wasThere);
    }

    private static async Task<bool> IsThereAsync(BlockBlobClient blob, LocalContent content, bool comparesContent, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties there = await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return there.ContentLength == content.Length
                && (comparesContent
                    ? await HashAsync(blob, cancellationToken).ConfigureAwait(false) == content.Sha256
                    : ContentHash.Of(there.Metadata) == content.Sha256);
        }
        catch (RequestFailedException error) when (error.ErrorCode == "BlobNotFound")
        {
            return false;
        }
    }

    private static async Task<string> HashAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        using Stream stream = await blob.OpenReadAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return ContentHash.Text(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    private async Task SendAsync(
        BlobSource source, BlockBlobClient blob, LocalContent content, TransferCounter counter, CancellationToken cancellationToken)
    {
        Dictionary<string, string> metadata = new() { [ContentHash.MetadataKey] = content.Sha256 };
        if (content.Blocks == 1)
        {
            BlobUploadOptions whole = new() { Metadata = metadata };
            await SendBlockAsync(source, content, 0, counter, body => blob.UploadAsync(body, whole, cancellationToken), cancellationToken).ConfigureAwait(false);
            return;
        }

        await Parallel.ForAsync(0, content.Blocks, Parallelism(cancellationToken), async (i, token) =>
            await SendBlockAsync(source, content, i, counter, body => blob.StageBlockAsync(content.BlockId(i), body, cancellationToken: token), token)
                .ConfigureAwait(false)).ConfigureAwait(false);
        CommitBlockListOptions commit = new() { Metadata = metadata };
        await RequestAsync(
            source,
            () => blob.CommitBlockListAsync(Enumerable.Range(0, content.Blocks).Select(content.BlockId), commit, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task SendBlockAsync<T>(
        BlobSource source, LocalContent content, int block, TransferCounter counter, Func<Stream, Task<T>> send, CancellationToken cancellationToken)
    {
        await _requests.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            byte[] bytes = await content.ReadAsync(block, cancellationToken).ConfigureAwait(false);
            using MemoryStream body = new(bytes, writable: false);
            await StorageCall.RunAsync("upload", _container.Subject(source.BlobName), () => send(body), cancellationToken).ConfigureAwait(false);
            counter.Add(0, bytes.Length);
        }
        finally
        {
            _requests.Release();
        }
    }

    private async Task<T> RequestAsync<T>(BlobSource source, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await _requests.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await StorageCall.RunAsync("upload", _container.Subject(source.BlobName), call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _requests.Release();
        }
    }
}
