using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs.Azure;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Finds what the tasks of a run read and where they write, and makes the addresses for it.</summary>
/// <remarks>
/// Without an identity of the nodes, each file has an address that is good for reading it and for nothing else, and outputs one that is
/// good for writing. The addresses are secrets: they go into the requests and nowhere else.
/// </remarks>
internal sealed class RunFilesBuilder(AzureServices services)
{
    private const string WorkerMode = "0755";

    private BatchNodeIdentityReference? Identity => services.Config.NodeIdentityId is { } id ? new BatchNodeIdentityReference(id) : null;

    /// <exception cref="BatchJobException">The plan's files are not in storage (<c>PlanInputsMissing</c>).</exception>
    public async Task<RunFiles> BuildAsync(RunPlan run, CancellationToken cancellationToken)
    {
        JobRecord record = run.Record;
        StorageContainer container = services.ContainerOf(record);
        Signer plan = await SignerAsync(container, cancellationToken).ConfigureAwait(false);
        Signer home = container.Name == services.Home.Name ? plan : await SignerAsync(services.Home, cancellationToken).ConfigureAwait(false);
        return new RunFiles
        {
            Worker = record.WorkerBlob is { } worker ? home.Read(worker, RunFiles.WorkerName) with { FileMode = WorkerMode } : null,
            Inputs = await InputsAsync(container, record, plan, cancellationToken).ConfigureAwait(false),
            Results = record.MergeOnNode ? Results(run, plan) : [],
            Outputs = new BatchOutputFileContainer { ContainerUrl = plan.Write(), IdentityReference = Identity },
        };
    }

    private static List<BatchResourceFile> Results(RunPlan run, Signer plan)
    {
        string folder = JobLayout.ResultsFolder(run.Record.PlanHash);
        IEnumerable<string> own = Enumerable.Range(0, run.Groups.Count).Select(i => JobLayout.ResultBlob(run.Record.PlanHash, run.RunId, JobLayout.TaskId(i)));
        return [.. run.EarlierResults.Concat(own).Select(blob => plan.Read(blob, $"{RunFiles.InputsFolder}/{PlanLayout.ResultsFolder}/{blob[folder.Length..]}"))];
    }

    private static async Task<List<BatchResourceFile>> InputsAsync(
        StorageContainer container, JobRecord record, Signer plan, CancellationToken cancellationToken)
    {
        string folder = JobLayout.InputsFolder(record.PlanHash);
        List<BatchResourceFile> inputs = [];
        await foreach (StoredBlob blob in container.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            // The manifest is for people's machines; what a task needs of it stands in the plan.
            string name = blob.Name[folder.Length..];
            if (name != PlanLayout.ManifestFile)
            {
                inputs.Add(plan.Read(blob.Name, $"{RunFiles.InputsFolder}/{name}"));
            }
        }

        return inputs.Count > 0 ? inputs : throw new BatchJobException(
            "PlanInputsMissing", $"The plan of the job '{record.Id}' is not in {container} any more. Start the job again from its batch directory.", record.Id);
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

        public string Write() => access is null ? container.Client.Uri.AbsoluteUri : access.WriteOutputs().ToSecretUri().AbsoluteUri;
    }
}
