using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Brings blobs into a directory, each of them whole, checked and under a safe name, or not at all.</summary>
internal sealed class BlobDownloader(StorageContainer container, BlobTransferOptions options)
{
    public async Task<BlobDownload> RunAsync(
        IReadOnlyList<StoredBlob> blobs, string directory, string parent, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        TransferCounter counter = new(options.Progress, blobs.Count, blobs.Sum(blob => blob.Length));
        ReceivedBlob?[] received = new ReceivedBlob?[blobs.Count];
        RefusedBlob?[] refused = new RefusedBlob?[blobs.Count];
        string[] paths = Places(blobs, directory, parent, refused);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, blobs.Count, parallel, async (i, token) =>
        {
            if (refused[i] is null)
            {
                (received[i], refused[i]) = await ReceiveAsync(blobs[i], paths[i], token).ConfigureAwait(false);
            }

            counter.Add(1, blobs[i].Length);
        }).ConfigureAwait(false);
        return new BlobDownload([.. received.OfType<ReceivedBlob>()], [.. refused.OfType<RefusedBlob>()]);
    }

    private static string[] Places(IReadOnlyList<StoredBlob> blobs, string directory, string parent, RefusedBlob?[] refused)
    {
        DownloadPlaces places = new(directory);
        string[] paths = new string[blobs.Count];
        for (int i = 0; i < paths.Length; i++)
        {
            string name = blobs[i].Name;
            string relative = name.StartsWith(parent, StringComparison.Ordinal) ? name[parent.Length..] : name;
            if (BlobName.Fault(relative) is { } unsafeName)
            {
                refused[i] = new RefusedBlob(name, "BlobNameUnsafe", $"It has no safe name for a file: {unsafeName}.");
            }
            else if (places.Claim(relative, out paths[i]) is { } taken)
            {
                refused[i] = new RefusedBlob(name, "BlobPathTaken", $"It cannot be written to '{paths[i]}': {taken}.");
            }
        }

        return paths;
    }

    private async Task<(ReceivedBlob? Received, RefusedBlob? Refused)> ReceiveAsync(StoredBlob blob, string path, CancellationToken cancellationToken)
    {
        BlobChecksum checksum = BlobChecksum.Of(blob);
        if (await checksum.IsOfAsync(path, cancellationToken).ConfigureAwait(false))
        {
            return (new ReceivedBlob(blob.Name, path, blob.Length, WasThere: true), null);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await AtomicFile.WriteAsync(path, file => FetchAsync(blob, checksum, file, cancellationToken)).ConfigureAwait(false);
            return (new ReceivedBlob(blob.Name, path, blob.Length, WasThere: false), null);
        }
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageBlobNotFound or ErrorIds.StorageBlobChanged)
        {
            return (null, new RefusedBlob(blob.Name, "BlobGone", "It was deleted or written again since it was listed. Receive again."));
        }
        catch (BlobCorruptException error)
        {
            return (null, new RefusedBlob(blob.Name, "BlobCorrupt", error.Message));
        }
    }

    private async Task FetchAsync(StoredBlob blob, BlobChecksum checksum, Stream file, CancellationToken cancellationToken)
    {
        BlobDownloadOptions version = new() { Conditions = new BlobRequestConditions { IfMatch = blob.ETag } };
        using BlobDownloadStreamingResult answer = await CallAsync(
            blob, () => container.Client.GetBlobClient(blob.Name).DownloadStreamingAsync(version, cancellationToken), cancellationToken).ConfigureAwait(false);
        using IncrementalHash hash = checksum.Start();
        byte[] buffer = new byte[1 << 17];
        long length = 0;
        while (true)
        {
            int read = await CallAsync(blob, () => answer.Content.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            length += read;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        if (checksum.Fault(length, hash) is { } fault)
        {
            throw new BlobCorruptException($"Its content is not what was uploaded: {fault}. Delete the blob and let its task run again.");
        }
    }

    private Task<T> CallAsync<T>(StoredBlob blob, Func<Task<T>> call, CancellationToken cancellationToken) =>
        StorageCall.RunAsync("download", container.Subject(blob.Name), call, cancellationToken);

    private Task<T> CallAsync<T>(StoredBlob blob, Func<Task<Response<T>>> call, CancellationToken cancellationToken) =>
        CallAsync(blob, async () => (await call().ConfigureAwait(false)).Value, cancellationToken);

    // Thrown inside the writing of the file, so that the file is not written.
    private sealed class BlobCorruptException(string message) : Exception(message);
}
