using System.Security.Cryptography;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs;

/// <summary>The results of a plan in storage.</summary>
internal sealed class ResultBlobs(AzureServices services)
{
    /// <summary>All results of the plan, of whatever job and run; none where there is no such container.</summary>
    public Task<IReadOnlyList<StoredBlob>> ListAsync(string container, string planHash, CancellationToken cancellationToken) =>
        ListPrefixAsync(container, JobLayout.ResultsFolder(planHash), cancellationToken);

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

    /// <summary>What of a job's results, and of its model, a batch directory does not hold with the same content.</summary>
    /// <remarks>A model that was merged on a node stands for the results it was made from.</remarks>
    /// <param name="record">The job.</param>
    /// <param name="batchDirectory">The batch directory; it need not exist.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>Names of blobs.</returns>
    public async Task<IReadOnlyList<string>> NotReceivedAsync(JobRecord record, string batchDirectory, CancellationToken cancellationToken)
    {
        string fit = JobLayout.FitBlob(record.PlanHash);
        StoredBlob? model = (await ListPrefixAsync(record.Container, fit, cancellationToken).ConfigureAwait(false)).FirstOrDefault(blob => blob.Name == fit);
        bool hasModel = model is not null
            && await IsReceivedAsync(model, Path.Combine(batchDirectory, Path.GetFileName(fit)), record.Container, cancellationToken).ConfigureAwait(false);
        List<string> missing = model is null || hasModel ? [] : [fit];
        if (hasModel && record.MergeOnNode)
        {
            return missing;
        }

        string folder = JobLayout.ResultsFolder(record.PlanHash);
        string results = Path.Combine(batchDirectory, PlanLayout.ResultsFolder);
        foreach (StoredBlob blob in await ListAsync(record.Container, record.PlanHash, cancellationToken).ConfigureAwait(false))
        {
            if (!await IsReceivedAsync(blob, Path.Combine(results, blob.Name[folder.Length..]), record.Container, cancellationToken).ConfigureAwait(false))
            {
                missing.Add(blob.Name);
            }
        }

        return missing;
    }

    private async Task<IReadOnlyList<StoredBlob>> ListPrefixAsync(string container, string prefix, CancellationToken cancellationToken)
    {
        List<StoredBlob> blobs = [];
        try
        {
            await foreach (StoredBlob blob in services.Storage.Container(container).ListAsync(prefix, cancellationToken).ConfigureAwait(false))
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

    private async Task<bool> IsReceivedAsync(StoredBlob blob, string path, string container, CancellationToken cancellationToken) =>
        File.Exists(path) && new FileInfo(path).Length == blob.Length && await IsSameAsync(blob, path, container, cancellationToken).ConfigureAwait(false);

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
