using System.Globalization;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

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
            catch (BatchJobException error) when (error.ErrorId == ErrorIds.StorageContainerBeingDeleted && services.Time.GetUtcNow() < end)
            {
                services.Steps.Detail($"Waiting until the deletion of the {container} is over.");
                await Task.Delay(services.Pause, services.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Uploads the worker, once per version: the blob's name is its hash.</summary>
    /// <returns>The worker's SHA-256, hex; <c>null</c> when it is in the container image.</returns>
    /// <exception cref="BatchJobException">There is no worker, or it cannot run on the nodes (<c>WorkerNotFound</c>).</exception>
    public async Task<string?> WorkerAsync(CancellationToken cancellationToken)
    {
        if (IsInImage)
        {
            return null;
        }

        string path = FindWorker();
        string sha256 = await Task.Run(() => HexDigest.Of(path), cancellationToken).ConfigureAwait(false);
        BlobTransferOptions options = Transfer("Uploading the worker") with { ComparesContent = true };
        IReadOnlyList<UploadedBlob> uploaded = await services.Inputs.UploadAsync(
            [new BlobSource(path, JobLayout.WorkerBlob(sha256))], options, cancellationToken).ConfigureAwait(false);
        services.Steps.Detail(uploaded[0].WasThere
            ? "This version of the worker is in storage already."
            : string.Create(CultureInfo.InvariantCulture, $"Uploaded the worker, {uploaded[0].Length / 1e6:0.0} MB."));
        return sha256;
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
    /// <param name="plan">The plan.</param>
    /// <param name="folder">The folder of the container of inputs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task InputsAsync(BatchPlan plan, string folder, CancellationToken cancellationToken)
    {
        string[] names = PlanManifest.TryRead(plan.Directory) is { } entries
            ? [.. entries.Select(entry => entry.Name), PlanLayout.ManifestFile]
            : plan.InputFiles();
        BlobSource[] sources = [.. names.Select(name => new BlobSource(Path.Combine(plan.Directory, name), folder + name))];
        IReadOnlyList<UploadedBlob> uploaded = await services.Inputs.UploadAsync(sources, Transfer("Uploading the plan"), cancellationToken).ConfigureAwait(false);
        UploadedBlob[] sent = [.. uploaded.Where(blob => !blob.WasThere)];
        services.Steps.Detail(sent.Length == 0
            ? "The plan is in storage already."
            : string.Create(CultureInfo.InvariantCulture, $"Uploaded {sent.Length} files of the plan, {sent.Sum(blob => blob.Length) / 1e6:0.0} MB."));
    }

    /// <summary>Removes the plan's files that a submission brought into storage.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> RemoveInputsAsync(string folder, CancellationToken cancellationToken)
    {
        bool wereThere = false;
        try
        {
            await foreach (StoredBlob blob in services.Inputs.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                wereThere |= await services.Inputs.DeleteBlobAsync(blob.Name, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted)
        {
            // What is gone counts as removed.
        }

        return wereThere;
    }

    /// <summary>Makes the container that a run's tasks write to.</summary>
    public async Task OutputsAsync(string planHash, StorageContainer container, SubmissionRollback rollback, CancellationToken cancellationToken)
    {
        PlanOutputs outputs = new(services);
        rollback.Add(container.ToString(), token => outputs.DeleteAsync(planHash, container.Name, token));
        await outputs.AddAsync(planHash, container.Name, cancellationToken).ConfigureAwait(false);
        await EnsureAsync(container, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads all results of the batch directory as one blob.</summary>
    /// <returns>The blob.</returns>
    public async Task<string> ResultsAsync(BatchPlan plan, int[] done, StorageContainer container, string runId, CancellationToken cancellationToken)
    {
        string blob = JobLayout.EarlierResultsBlob(runId);
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
            ErrorIds.WorkerNotFound,
            $"The worker for {WorkerFile.Platform}{(path is null ? "" : $" '{path}'")} {refusal}. Give {{WorkerPath}}, or a {{ContainerImage}} that holds it.");
    }

    private BlobTransferOptions Transfer(string what) => new()
    {
        Progress = new SynchronousProgress<BlobTransferProgress>(progress => services.Steps.Progress(what, progress.BytesDone, progress.Bytes)),
    };
}
