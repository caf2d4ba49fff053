using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.BatchServer;
using SparseSC.Core.Errors;
using BatchJob = SparseSC.Batch.Jobs.BatchJob;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Nodes that come to storage with an identity of theirs, at a storage that reads tokens.</summary>
public sealed class NodeIdentityTests : IAsyncLifetime
{
    private const string Identity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparsesc-identity-");
    private AzuriteServer? _storage;
    private string _certificate = "";

    public async Task InitializeAsync()
    {
        if (AzuriteInstall.Missing is not null)
        {
            return;
        }

        using X509Certificate2 certificate = ServerCertificate.Create(exportable: true);
        _certificate = certificate.ExportCertificatePem();
        string file = Path.Combine(_folder.FullName, "certificate.pem");
        string key = Path.Combine(_folder.FullName, "key.pem");
        await File.WriteAllTextAsync(file, _certificate);
        await File.WriteAllTextAsync(key, certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _storage = await AzuriteServer.StartAsync("--oauth", "basic", "--cert", file, "--key", key);
    }

    public Task DisposeAsync()
    {
        _storage?.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_job_comes_to_its_results_and_no_address_is_signed()
    {
        using IdentityEndpoint identities = IdentityEndpoint.Start(Identity);
        await using BackendRig rig = await StartAsync(identities);
        await AddPoolAsync(rig);
        AzureBatchBackend backend = rig.Backend();
        BatchPlan plan = TinyPlan.Create(rig.Folder);

        string id = (await backend.StartAsync(plan, new BatchJobRequest { TaskGroupSize = 4 }, CancellationToken.None)).Job.Id;
        BatchJob job = await BackendRig.WaitAsync(backend, id);
        BatchResults results = await backend.CollectAsync(id, Path.Combine(rig.Folder, "elsewhere"), CancellationToken.None);

        Assert.Equal((BatchJobState.Completed, plan.Tasks, ""), (job.State, job.Done, job.Message));
        Assert.True(results is { IsComplete: true, Message: "" }, results.Message);
        Assert.Contains(Identity, identities.Asked);
        List<string> addresses = [];
        await foreach (BatchTask task in rig.Batch().Tasks.ListAsync(id))
        {
            addresses.AddRange((task.ResourceFiles ?? []).Select(file => file.HttpUrl ?? file.StorageContainerUrl ?? ""));
            addresses.AddRange((task.OutputFiles ?? []).Select(file => file.Destination?.Container?.ContainerUrl ?? ""));
        }

        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, address => address.Contains('?', StringComparison.Ordinal));
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task An_identity_that_the_nodes_lack_ends_the_wait_with_the_reason()
    {
        using IdentityEndpoint identities = IdentityEndpoint.Start("/another");
        await using BackendRig rig = await StartAsync(identities);
        await AddPoolAsync(rig);
        AzureBatchBackend backend = rig.Backend();

        string id = (await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 8 }, CancellationToken.None)).Job.Id;
        BatchJob job = await BackendRig.WaitAsync(backend, id);

        // The worker, which the job's preparation fetches, is the first that cannot be read.
        Assert.Equal(BatchJobState.Interrupted, job.State);
        Assert.Contains("BlobAccessDenied", job.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_pool_that_would_have_no_identity_is_not_made()
    {
        using IdentityEndpoint identities = IdentityEndpoint.Start(Identity);
        await using BackendRig rig = await StartAsync(identities);
        AzureBatchBackend backend = rig.Backend();

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(
            () => backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { TaskGroupSize = 8 }, CancellationToken.None));

        Assert.Equal("PoolForIdentityMissing", error.ErrorId);
        Assert.Contains(Identity, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    private async Task<BackendRig> StartAsync(IdentityEndpoint identities)
    {
        BackendRig rig = await BackendRig.StartAsync(
            _storage!, change: options => options with { IdentityEndpoint = identities.Url, StorageCertificate = _certificate });
        rig.Transport = new HttpClientTransport(new HttpClient(ServerCertificate.Trusting(_certificate)));
        rig.Config.NodeIdentityId = Identity;
        return rig;
    }

    // Such a pool is made through Azure Resource Manager: the Batch service's own request knows no identity.
    private static async Task AddPoolAsync(BackendRig rig) => await rig.Batch().Pools.CreateAsync(new BatchPoolCreateOptions
    {
        Id = rig.Config.PoolId!,
        VmSize = "standard_d2s_v5",
        VirtualMachineConfiguration = new BatchVirtualMachineConfiguration
        {
            ImageReference = new BatchImageReference { Publisher = "canonical", Offer = "ubuntu-24_04-lts", Sku = "server" },
            NodeAgentSkuId = "batch.node.ubuntu 24.04",
        },
        TargetDedicatedNodes = 1,
        TaskSlotsPerNode = 2,
    });
}
