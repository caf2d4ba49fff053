using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Finds what the tasks of a run read and where they write, and makes the addresses for it.</summary>
/// <remarks>
/// Without an identity of the nodes, each file has an address that is good for reading it and for nothing else, and outputs one that is
/// good for writing into the run's own container; tasks that merge, choose or
/// score what was chosen have one that is good for reading such containers. The addresses are secrets: they go into the requests and nowhere else.
/// </remarks>
internal sealed class RunFilesBuilder(AzureServices services)
{
    private const string WorkerMode = "0755";

    private BatchNodeIdentityReference? Identity => services.Config.NodeIdentityId is { } id ? new BatchNodeIdentityReference(id) : null;

    /// <exception cref="BatchJobException">The plan's files are not in storage (<c>PlanInputsMissing</c>).</exception>
    public async Task<RunFiles> BuildAsync(RunPlan run, CancellationToken cancellationToken)
    {
        JobRecord record = run.Record;
        Signer inputs = await SignerAsync(services.Inputs, cancellationToken).ConfigureAwait(false);
        Signer outputs = await SignerAsync(services.OutputsOf(run.Run), cancellationToken).ConfigureAwait(false);
        return new RunFiles
        {
            Worker = record.WorkerSha256 is { } sha256
                ? inputs.Read(JobLayout.WorkerBlob(sha256), RunFiles.WorkerName) with { FileMode = WorkerMode }
                : null,
            WorkerSha256 = record.WorkerSha256,
            Inputs = await InputsAsync(record, inputs, cancellationToken).ConfigureAwait(false),
            Results = run.ReadsResults ? await ResultsAsync(run, cancellationToken).ConfigureAwait(false) : [],
            OwnResults = run.ReadsResults ? outputs.ReadFolder(JobLayout.ResultsFolder, RunFiles.InputsFolder) : null,
            Outputs = new BatchOutputFileContainer { ContainerUrl = outputs.Write(), IdentityReference = Identity },
        };
    }

    // One address for all results of a run: the service limits a task's resource files to 32,768 characters in all.
    private async Task<List<BatchResourceFile>> ResultsAsync(RunPlan run, CancellationToken cancellationToken)
    {
        List<BatchResourceFile> results = [];
        foreach (StorageContainer container in run.ResultContainers.Select(services.Storage.Container))
        {
            // A task fails before it begins when a container that it is to read is gone.
            if (await container.ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                Signer signer = await SignerAsync(container, cancellationToken).ConfigureAwait(false);
                results.Add(signer.ReadFolder(JobLayout.ResultsFolder, RunFiles.InputsFolder));
            }
        }

        return results;
    }

    private async Task<List<BatchResourceFile>> InputsAsync(JobRecord record, Signer signer, CancellationToken cancellationToken)
    {
        List<BatchResourceFile> inputs = [];
        await foreach (StoredBlob blob in services.Inputs.ListAsync(record.Inputs, cancellationToken).ConfigureAwait(false))
        {
            // The manifest is for people's machines; what a task needs of it stands in the plan.
            string name = blob.Name[record.Inputs.Length..];
            if (name != PlanLayout.ManifestFile)
            {
                inputs.Add(signer.Read(blob.Name, $"{RunFiles.InputsFolder}/{name}"));
            }
        }

        return inputs.Count > 0 ? inputs : throw new BatchJobException(
            ErrorIds.PlanInputsMissing, $"The plan of the job '{record.Id}' is not in {services.Inputs} any more. Start the job again from its batch directory.", record.Id);
    }

    private async Task<Signer> SignerAsync(StorageContainer container, CancellationToken cancellationToken) => Identity is null
        ? new Signer(container, await container.GrantAccessAsync(services.Config.StorageAccessDuration, cancellationToken).ConfigureAwait(false), null)
        : new Signer(container, null, Identity);

    private sealed class Signer(StorageContainer container, StorageAccess? access, BatchNodeIdentityReference? identity)
    {
        public BatchResourceFile Read(string blob, string path) => new()
        {
            HttpUrl = access is null ? container.Client.GetBlobClient(blob).Uri.AbsoluteUri : access.ReadBlob(blob).ToSecretUri().AbsoluteUri,
            FilePath = path,
            IdentityReference = identity,
        };

        // Names of blobs keep their folders below the path.
        public BatchResourceFile ReadFolder(string prefix, string path) => new()
        {
            StorageContainerUrl = access is null ? container.Client.Uri.AbsoluteUri : access.ReadAll().ToSecretUri().AbsoluteUri,
            BlobPrefix = prefix,
            FilePath = path,
            IdentityReference = identity,
        };

        public string Write() => access is null ? container.Client.Uri.AbsoluteUri : access.WriteOutputs().ToSecretUri().AbsoluteUri;
    }
}
