using System.Globalization;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs.Azure;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Brings into storage what tasks read: the worker, the plan, and results that were computed elsewhere.</summary>
internal sealed class PlanUpload(AzureServices services)
{
    private static readonly TimeSpan DeletionPatience = TimeSpan.FromMinutes(3);

    /// <summary>Whether tasks take the worker from their container image.</summary>
    public bool IsInImage => services.Config.ContainerImage is not null && services.Config.WorkerPath is null;

    /// <summary>Makes a container unless it exists; waits for one of the same name that is just being deleted.</summary>
    /// <returns>Whether it was made.</returns>
    public async Task<bool> EnsureAsync(StorageContainer container, CancellationToken cancellationToken)
    {
        DateTimeOffset end = services.Time.GetUtcNow() + DeletionPatience;
        while (true)
        {
            try
            {
                bool made = await container.CreateIfMissingAsync(cancellationToken).ConfigureAwait(false);
                services.Steps.Detail($"{(made ? "Made" : "Using")} the {container}.");
                return made;
            }
            catch (BatchJobException error) when (error.ErrorId == "StorageContainerBeingDeleted" && services.Time.GetUtcNow() < end)
            {
                services.Steps.Detail($"Waiting until the deletion of the {container} is over.");
                await Task.Delay(services.Pause, services.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Uploads the worker, once per version: the blob's name is its hash.</summary>
    /// <returns>The worker's blob; <c>null</c> when it is in the container image.</returns>
    /// <exception cref="BatchJobException">There is no worker, or it cannot run on the nodes (<c>WorkerNotFound</c>).</exception>
    public async Task<string?> WorkerAsync(CancellationToken cancellationToken)
    {
        if (IsInImage)
        {
            return null;
        }

        string path = FindWorker();
        string blob = JobLayout.WorkerBlob(await Task.Run(() => HexDigest.Of(path), cancellationToken).ConfigureAwait(false));
        IReadOnlyList<UploadedBlob> uploaded = await services.Home.UploadAsync(
            [new BlobSource(path, blob)], Transfer("Uploading the worker"), cancellationToken).ConfigureAwait(false);
        services.Steps.Detail(uploaded[0].WasThere
            ? "This version of the worker is in storage already."
            : string.Create(CultureInfo.InvariantCulture, $"Uploaded the worker, {uploaded[0].Length / 1e6:0.0} MB."));
        return blob;
    }

    /// <summary>Whether there is a worker to send, where one is needed; nothing is sent yet.</summary>
    /// <exception cref="BatchJobException">There is none, or it cannot run on the nodes (<c>WorkerNotFound</c>).</exception>
    public void CheckWorker()
    {
        if (!IsInImage)
        {
            FindWorker();
        }
    }

    /// <summary>Uploads the plan's files.</summary>
    /// <returns>Blobs that were not there before.</returns>
    public async Task<IReadOnlyList<string>> InputsAsync(BatchPlan plan, StorageContainer container, CancellationToken cancellationToken)
    {
        string[] names = PlanManifest.TryRead(plan.Directory) is { } entries
            ? [.. entries.Select(entry => entry.Name), PlanLayout.ManifestFile]
            : plan.InputFiles();
        BlobSource[] sources = [.. names.Select(name => new BlobSource(Path.Combine(plan.Directory, name), JobLayout.InputBlob(plan.Hash, name)))];
        IReadOnlyList<UploadedBlob> uploaded = await container.UploadAsync(sources, Transfer("Uploading the plan"), cancellationToken).ConfigureAwait(false);
        string[] sent = [.. uploaded.Where(blob => !blob.WasThere).Select(blob => blob.BlobName)];
        services.Steps.Detail(sent.Length == 0
            ? "The plan is in storage already."
            : string.Create(CultureInfo.InvariantCulture, $"Uploaded {sent.Length} files of the plan, {uploaded.Where(blob => !blob.WasThere).Sum(blob => blob.Length) / 1e6:0.0} MB."));
        return sent;
    }

    /// <summary>Uploads all results of the batch directory as one blob.</summary>
    /// <returns>The blob.</returns>
    public async Task<string> ResultsAsync(BatchPlan plan, int[] done, StorageContainer container, string runId, CancellationToken cancellationToken)
    {
        string blob = JobLayout.EarlierResultsBlob(plan.Hash, runId);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sparsesc-");
        try
        {
            string file = Path.Combine(folder.FullName, "results.json");
            plan.WriteResults(done, file);
            await container.UploadAsync([new BlobSource(file, blob)], cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"Uploaded the results of {done.Length} tasks that were done before."));
        return blob;
    }

    private string FindWorker()
    {
        string? path = WorkerFile.PathOf(services.Config, services.Context.WorkerHome);
        string? refusal = path is null || !File.Exists(path) ? "does not exist" : WorkerFile.Refusal(path);
        return refusal is null ? path! : throw new BatchJobException(
            "WorkerNotFound",
            $"The worker for {WorkerFile.Platform}{(path is null ? "" : $" '{path}'")} {refusal}. Give {{WorkerPath}}, or a {{ContainerImage}} that holds it.");
    }

    private BlobTransferOptions Transfer(string what) => new()
    {
        Progress = new SynchronousProgress<BlobTransferProgress>(progress => services.Steps.Progress(what, progress.BytesDone, progress.Bytes)),
    };
}
