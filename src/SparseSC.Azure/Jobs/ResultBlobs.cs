using System.Security.Cryptography;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>The results of jobs in storage.</summary>
internal sealed class ResultBlobs(AzureServices services)
{
    /// <summary>Brings all results of a job into a batch directory; files that hold the same content already are left alone.</summary>
    public Task<BlobDownload> DownloadAsync(JobRecord record, BatchPlan into, CancellationToken cancellationToken) =>
        DownloadAsync(record.Runs.Select(run => run.Container), into, cancellationToken);

    /// <summary>Brings all results in some containers into a batch directory.</summary>
    public async Task<BlobDownload> DownloadAsync(IEnumerable<string> containers, BatchPlan into, CancellationToken cancellationToken)
    {
        List<ReceivedBlob> received = [];
        List<RefusedBlob> refused = [];
        foreach (StorageContainer container in containers.Select(services.Storage.Container))
        {
            IReadOnlyList<StoredBlob> blobs = await ListAsync(container, JobLayout.ResultsFolder, cancellationToken).ConfigureAwait(false);
            if (blobs.Count == 0)
            {
                continue;
            }

            BlobTransferOptions options = new()
            {
                Progress = new SynchronousProgress<BlobTransferProgress>(
                    progress => services.Steps.Progress("Receiving results", progress.FilesDone, progress.Files)),
            };
            BlobDownload download = await container.DownloadAsync(
                blobs, JobLayout.ResultsFolder, into.ResultsDirectory, options, cancellationToken).ConfigureAwait(false);
            received.AddRange(download.Received);
            refused.AddRange(download.Refused);
        }

        return new BlobDownload(received, refused);
    }

    /// <summary>Brings the model that was merged on a node into a batch directory.</summary>
    public async Task<BlobDownload> DownloadFitAsync(JobRecord record, BatchPlan into, CancellationToken cancellationToken)
    {
        // The latest run that has one; an earlier run's was made from fewer results.
        foreach (StorageContainer container in record.Runs.Reverse().Select(services.OutputsOf))
        {
            if (await ListAsync(container, JobLayout.FitBlob, cancellationToken).ConfigureAwait(false) is { Count: > 0 } found)
            {
                return await container.DownloadAsync(found, "", into.Directory, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }

        return new BlobDownload([], []);
    }

    /// <summary>Names of results, and of the model, in storage that a batch directory does not hold with the same content.</summary>
    /// <remarks>A model that was merged on a node stands for the results it was made from.</remarks>
    /// <param name="containers">The containers of results, the latest last.</param>
    /// <param name="mergesOnNode">Whether the job merges on a node.</param>
    /// <param name="batchDirectory">The batch directory; it need not exist.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>Names of blobs.</returns>
    public async Task<IReadOnlyList<string>> NotReceivedAsync(
        IReadOnlyList<string> containers, bool mergesOnNode, string batchDirectory, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        bool hasLatestModel = false;
        string results = Path.Combine(batchDirectory, PlanLayout.ResultsFolder);
        foreach (StorageContainer container in containers.Reverse().Select(services.Storage.Container))
        {
            StoredBlob? model = hasLatestModel
                ? null
                : (await ListAsync(container, JobLayout.FitBlob, cancellationToken).ConfigureAwait(false)).FirstOrDefault(blob => blob.Name == JobLayout.FitBlob);
            if (model is not null)
            {
                hasLatestModel = true;
                bool isReceived = await IsReceivedAsync(model, Path.Combine(batchDirectory, PlanLayout.FitFile), container, cancellationToken).ConfigureAwait(false);
                if (isReceived && mergesOnNode)
                {
                    return [];
                }

                missing.AddRange(isReceived ? [] : [model.Name]);
            }

            foreach (StoredBlob blob in await ListAsync(container, JobLayout.ResultsFolder, cancellationToken).ConfigureAwait(false))
            {
                string path = Path.Combine(results, blob.Name[JobLayout.ResultsFolder.Length..]);
                if (!await IsReceivedAsync(blob, path, container, cancellationToken).ConfigureAwait(false))
                {
                    missing.Add(blob.Name);
                }
            }
        }

        return missing;
    }

    private static async Task<IReadOnlyList<StoredBlob>> ListAsync(StorageContainer container, string prefix, CancellationToken cancellationToken)
    {
        List<StoredBlob> blobs = [];
        try
        {
            await foreach (StoredBlob blob in container.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                blobs.Add(blob);
            }
        }
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted)
        {
            // A container that is gone holds nothing.
        }

        return blobs;
    }

    private static async Task<bool> IsReceivedAsync(StoredBlob blob, string path, StorageContainer container, CancellationToken cancellationToken) =>
        File.Exists(path) && new FileInfo(path).Length == blob.Length && await IsSameAsync(blob, path, container, cancellationToken).ConfigureAwait(false);

    private static async Task<bool> IsSameAsync(StoredBlob blob, string path, StorageContainer container, CancellationToken cancellationToken)
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
        StoredText? text = await container.ReadTextAsync(blob.Name, cancellationToken).ConfigureAwait(false);
        return text is not null && System.Text.Encoding.UTF8.GetBytes(text.Text).AsSpan().SequenceEqual(content);
    }

#pragma warning disable CA5351 // The service keeps MD5, and here it guards against accidents, not against forgery.
    private static string Md5Of(byte[] content) => Convert.ToBase64String(MD5.HashData(content));
#pragma warning restore CA5351
}
