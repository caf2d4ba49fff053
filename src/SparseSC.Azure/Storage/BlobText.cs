using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Reads and writes small texts, such as the record of a job.</summary>
internal static class BlobText
{
    private const int Longest = 4 << 20;

    // Tells our own write from somebody else's when the answer to it was lost.
    private const string WriteKey = "write";

    public static async Task<ETag> WriteAsync(
        StorageContainer container, string blobName, string text, bool ifAbsent, ETag? ifMatch, CancellationToken cancellationToken)
    {
        BlobName.Check(blobName);
        BlockBlobClient blob = container.Client.GetBlockBlobClient(blobName);
        bool isConditional = ifAbsent || ifMatch is not null;
        string write = Guid.NewGuid().ToString("N");
        BlobUploadOptions options = new()
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain; charset=utf-8" },
            Metadata = new Dictionary<string, string> { [WriteKey] = write },
            Conditions = new BlobRequestConditions { IfNoneMatch = ifAbsent ? ETag.All : null, IfMatch = ifMatch },
        };
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        CheckLength(bytes.Length, container, blobName);
        using MemoryStream body = new(bytes);
        return await StorageCall.RunAsync(
            "write",
            container.Subject(blobName),
            async () =>
            {
                try
                {
                    return (await blob.UploadAsync(body, options, cancellationToken).ConfigureAwait(false)).Value.ETag;
                }
                catch (RequestFailedException error) when (isConditional && error.Status is 409 or 412)
                {
                    // A first attempt may have arrived and its answer not: then the second one finds the first in its way.
                    if (await VersionOfAsync(blob, write, cancellationToken).ConfigureAwait(false) is { } ours)
                    {
                        return ours;
                    }

                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    public static async Task<StoredText?> ReadAsync(StorageContainer container, string blobName, CancellationToken cancellationToken)
    {
        BlobName.Check(blobName);
        BlockBlobClient blob = container.Client.GetBlockBlobClient(blobName);
        return await StorageCall.RunAsync(
            "read",
            container.Subject(blobName),
            async () =>
            {
                try
                {
                    using BlobDownloadStreamingResult answer = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                    CheckLength(answer.Details.ContentLength, container, blobName);
                    using StreamReader reader = new(answer.Content, Encoding.UTF8);
                    return new StoredText(await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false), answer.Details.ETag);
                }
                catch (RequestFailedException error) when (error.ErrorCode == "BlobNotFound")
                {
                    return null;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ETag?> VersionOfAsync(BlockBlobClient blob, string write, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties there = await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return there.Metadata.TryGetValue(WriteKey, out string? other) && other == write ? there.ETag : null;
        }
        catch (RequestFailedException)
        {
            // The refusal that led here is the one worth reporting.
            return null;
        }
    }

    private static void CheckLength(long length, StorageContainer container, string blobName)
    {
        if (length > Longest)
        {
            throw new BatchJobException(
                ErrorIds.StorageTextTooLong, $"The {container.Subject(blobName)} has {length} bytes, and a record has at most {Longest}. It is not one of ours; choose another name.");
        }
    }
}
