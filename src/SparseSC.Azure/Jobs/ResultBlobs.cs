using System.Security.Cryptography;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs;

/// <summary>The results of a plan in storage.</summary>
internal sealed class ResultBlobs(AzureServices services)
{
    /// <summary>All results of the plan, of whatever job and run; none where there is no such container.</summary>
    public async Task<IReadOnlyList<StoredBlob>> ListAsync(string container, string planHash, CancellationToken cancellationToken)
    {
        List<StoredBlob> blobs = [];
        try
        {
            await foreach (StoredBlob blob in services.Storage.Container(container).ListAsync(JobLayout.ResultsFolder(planHash), cancellationToken).ConfigureAwait(false))
            {
                blobs.Add(blob);
            }
        }
        catch (BatchJobException error) when (error.ErrorId is "StorageContainerNotFound" or "StorageContainerBeingDeleted")
        {
            // A container that is gone holds nothing.
        }

        return blobs;
    }

    /// <summary>Brings all results into a batch directory; files that hold the same content already are left alone.</summary>
    public async Task<BlobDownload> BringAsync(string container, BatchPlan into, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredBlob> blobs = await ListAsync(container, into.Hash, cancellationToken).ConfigureAwait(false);
        if (blobs.Count == 0)
        {
            return new BlobDownload([], []);
        }

        BlobTransferOptions options = new()
        {
            Progress = new SynchronousProgress<BlobTransferProgress>(
                progress => services.Steps.Progress("Receiving results", progress.FilesDone, progress.Files)),
        };
        return await services.Storage.Container(container).DownloadAsync(
            blobs, JobLayout.ResultsFolder(into.Hash), into.ResultsDirectory, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What of a plan's results, and of its model, a batch directory does not hold with the same content.</summary>
    /// <param name="container">The container.</param>
    /// <param name="planHash">SHA-256 of the plan, hex.</param>
    /// <param name="batchDirectory">The batch directory; it need not exist.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>Names of blobs.</returns>
    public async Task<IReadOnlyList<string>> NotReceivedAsync(string container, string planHash, string batchDirectory, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        string folder = JobLayout.ResultsFolder(planHash);
        string results = Path.Combine(batchDirectory, PlanLayout.ResultsFolder);
        foreach (StoredBlob blob in await ListAsync(container, planHash, cancellationToken).ConfigureAwait(false))
        {
            await AddUnlessReceivedAsync(blob, Path.Combine(results, blob.Name[folder.Length..]), missing, container, cancellationToken).ConfigureAwait(false);
        }

        string fit = JobLayout.FitBlob(planHash);
        try
        {
            await foreach (StoredBlob blob in services.Storage.Container(container).ListAsync(fit, cancellationToken).ConfigureAwait(false))
            {
                if (blob.Name == fit)
                {
                    await AddUnlessReceivedAsync(blob, Path.Combine(batchDirectory, Path.GetFileName(fit)), missing, container, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (BatchJobException error) when (error.ErrorId is "StorageContainerNotFound" or "StorageContainerBeingDeleted")
        {
            // As above.
        }

        return missing;
    }

    private async Task AddUnlessReceivedAsync(StoredBlob blob, string path, List<string> missing, string container, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != blob.Length || !await IsSameAsync(blob, path, container, cancellationToken).ConfigureAwait(false))
        {
            missing.Add(blob.Name);
        }
    }

    private async Task<bool> IsSameAsync(StoredBlob blob, string path, string container, CancellationToken cancellationToken)
    {
        byte[] content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        if (blob.Sha256 is { } sha256)
        {
            return Convert.ToHexString(SHA256.HashData(content)).Equals(sha256, StringComparison.OrdinalIgnoreCase);
        }

        if (blob.ContentMd5 is { } md5)
        {
            return Md5Of(content) == md5;
        }

        // Without any hash in storage there is nothing to compare with but the content itself.
        StoredText? text = await services.Storage.Container(container).ReadTextAsync(blob.Name, cancellationToken).ConfigureAwait(false);
        return text is not null && System.Text.Encoding.UTF8.GetBytes(text.Text).AsSpan().SequenceEqual(content);
    }

#pragma warning disable CA5351 // The service keeps MD5, and here it guards against accidents, not against forgery.
    private static string Md5Of(byte[] content) => Convert.ToBase64String(MD5.HashData(content));
#pragma warning restore CA5351
}
