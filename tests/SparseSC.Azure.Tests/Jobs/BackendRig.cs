using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs.Models;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;
using SparseSC.BatchServer;
using SparseSC.BatchServer.Faults;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>A Batch account of its own, storage, the real worker, and a backend on them.</summary>
internal sealed class BackendRig : IAsyncDisposable, IProgress<JobStep>
{
    private static readonly byte[] Key = "a key of this machine's own"u8.ToArray();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparsesc-jobs-");
    private readonly BatchHost _host;
    private readonly string _storageKey;
    private readonly ConcurrentQueue<JobStep> _steps = new();

    private BackendRig(BatchHost host, AzuriteServer storage)
    {
        _host = host;
        _storageKey = storage.Key;
        Config = new AzureBatchConfig
        {
            BatchAccountName = "testbatch",
            BatchAccountEndpoint = host.Url.ToString(),
            StorageAccountName = AzuriteServer.Account,
            StorageEndpoint = storage.Endpoint.ToString(),
            PoolId = "tests",
            VmSize = "Standard_D4s_v5",
            DedicatedNodeCount = 2,
            WorkerPath = Worker.Script(_folder.FullName),
            ContainerName = $"job-{Guid.NewGuid():N}",
        };
    }

    /// <summary>Settings of the next backend; storage is a container of its own.</summary>
    public AzureBatchConfig Config { get; }

    /// <summary>A folder that goes at the end.</summary>
    public string Folder => _folder.FullName;

    /// <summary>What was told so far.</summary>
    public IReadOnlyList<JobStep> Steps => [.. _steps];

    /// <summary>Requests of the Batch service so far, as "METHOD /path status".</summary>
    public IReadOnlyList<string> Requests => _host.Requests.Lines;

    /// <summary>How often a request is sent again.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Hears every step when it is told.</summary>
    public Action<JobStep>? OnStep { get; set; }

    /// <summary>Carries the clients' requests; <c>null</c> for the usual one.</summary>
    public HttpPipelineTransport? Transport { get; set; }

    public static Task<BackendRig> StartAsync(AzuriteFixture storage, FaultPlan? faults = null, Func<ServerOptions, ServerOptions>? change = null) =>
        StartAsync(storage.Server, faults, change);

    public static async Task<BackendRig> StartAsync(AzuriteServer storage, FaultPlan? faults = null, Func<ServerOptions, ServerOptions>? change = null)
    {
        ServerOptions options = new(new Uri("http://127.0.0.1:0"), "testbatch", Key) { Faults = faults ?? FaultPlan.None };
        return new BackendRig(await BatchHost.StartAsync(change?.Invoke(options) ?? options), storage) { MaxRetries = options.Faults.Rules.Count > 1 ? 9 : 5 };
    }

    /// <summary>The services as a backend sees them.</summary>
    /// <param name="policy">What every request passes, each attempt of it anew; <c>null</c> for nothing.</param>
    public AzureServices Services(HttpPipelinePolicy? policy = null)
    {
        AzureSecrets secrets = new AzureSecrets()
            .WithBatchAccountKey(Secure(Convert.ToBase64String(Key)))
            .WithStorageAccountKey(Secure(_storageKey));
        BackendContext context = new() { WorkerHome = new WorkerHome(), Steps = this };
        return AzureServices.Open(Config.Copy().WithSecrets(secrets), context, options => Tune(options, policy), TimeSpan.FromMilliseconds(100));
    }

    public AzureBatchBackend Backend(HttpPipelinePolicy? policy = null) => new(Services(policy));

    public BatchClient Batch() => Services().Batch;

    /// <summary>
    /// All blobs of this rig, each behind the name of its container: <c>home</c>, <c>inputs</c>, or <c>outputs</c> for those of runs.
    /// </summary>
    public async Task<IReadOnlyList<string>> BlobsAsync()
    {
        AzureServices services = Services();
        List<string> names = [];
        await foreach (BlobContainerItem container in services.Storage.Service.GetBlobContainersAsync(prefix: services.Home.Name))
        {
            string kind = container.Name == services.Home.Name ? "home" : container.Name == services.Inputs.Name ? "inputs" : "outputs";
            await foreach (StoredBlob blob in services.Storage.Container(container.Name).ListAsync())
            {
                names.Add($"{kind}/{blob.Name}");
            }
        }

        return names;
    }

    /// <summary>The region has so many Spot nodes from now on; <c>null</c> for any number.</summary>
    public void OfferSpotNodes(int? nodes) => _host.OfferSpotNodes(nodes);

    /// <summary>What a process needs in its environment to reach the services with the settings of <see cref="Config"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["BATCH_ACCOUNT_KEY"] = Convert.ToBase64String(Key),
        ["STORAGE_ACCOUNT_KEY"] = _storageKey,
    };

    /// <summary>Waits until the job is finished.</summary>
    public static async Task<SparseSC.Batch.Jobs.BatchJob> WaitAsync(IBatchBackend backend, string jobId, TimeSpan? timeout = null) =>
        await new JobWaiter(backend, TimeSpan.FromMilliseconds(200)).WaitAsync(jobId, timeout ?? HangGuard.Limit, null, CancellationToken.None);

    public void Report(JobStep value)
    {
        _steps.Enqueue(value);
        OnStep?.Invoke(value);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // Faults that come by chance must not add up to a service that stays broken.
    private void Tune(ClientOptions options, HttpPipelinePolicy? policy)
    {
        options.Transport = Transport ?? options.Transport;
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(20);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(200);
    }

    private static System.Security.SecureString Secure(string text)
    {
        System.Security.SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }
}
