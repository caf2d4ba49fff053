namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Settings of jobs that run on Azure Batch.</summary>
/// <remarks>
/// Its public properties hold no secret, so the configuration may be exported, serialised and logged. Keys stand in
/// <see cref="Secrets"/>, which no serialiser sees; one that was saved and read again takes them from the environment, or signs in.
/// </remarks>
public sealed class AzureBatchConfig : BatchConfig
{
    /// <summary>The value of <see cref="Backend"/>.</summary>
    public const string BackendName = "Azure";

    /// <summary>The longest time that a signature made from a sign-in may last, by the rule of the storage service.</summary>
    public static readonly TimeSpan LongestDelegation = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override string Backend => BackendName;

    /// <summary>Name of the Batch account.</summary>
    public string? BatchAccountName { get; set; }

    /// <summary>Address of the Batch account: <c>https://{account}.{region}.batch.azure.com</c>.</summary>
    public string? BatchAccountEndpoint { get; set; }

    /// <summary>Name of the storage account.</summary>
    public string? StorageAccountName { get; set; }

    /// <summary>Address of the storage account's blobs; <c>null</c> is <c>https://{account}.blob.core.windows.net</c>.</summary>
    public string? StorageEndpoint { get; set; }

    /// <summary>The container for inputs and results; <c>null</c> makes one per plan.</summary>
    public string? ContainerName { get; set; }

    /// <summary>How long nodes may read inputs and write results; 24 hours when nothing is said.</summary>
    public TimeSpan StorageAccessDuration { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The source of sign-ins when no key is given.</summary>
    public AzureCredentialSource Credential { get; set; }

    /// <summary>Client id of a user-assigned managed identity or of a workload identity.</summary>
    public string? CredentialClientId { get; set; }

    /// <summary>The tenant to sign in to; <c>null</c> for the sign-in's own.</summary>
    public string? TenantId { get; set; }

    /// <summary>The pool: an existing one is used as it is, a missing one is made; <c>null</c> with <see cref="AutoPool"/>.</summary>
    public string? PoolId { get; set; }

    /// <summary>Whether the job gets a pool of its own that dies with it.</summary>
    public bool AutoPool { get; set; }

    /// <summary>Size of the machines of a pool that is made.</summary>
    public string VmSize { get; set; } = "Standard_D4s_v5";

    /// <summary>Dedicated machines of a pool that is made.</summary>
    public int DedicatedNodeCount { get; set; }

    /// <summary>Spot machines of a pool that is made: cheaper, and may be taken away; tasks then run again elsewhere.</summary>
    public int SpotNodeCount { get; set; }

    /// <summary>Tasks that run on one machine at a time; <c>null</c> is one per core.</summary>
    public int? TaskSlotsPerNode { get; set; }

    /// <summary>An autoscale formula; the node counts are not given then, but to <see cref="ScaleToQueue"/>.</summary>
    public string? AutoScaleFormula { get; set; }

    /// <summary>Whether the pool follows the queue up to the node counts, and goes to zero when it is empty.</summary>
    public bool ScaleToQueue { get; set; }

    /// <summary>
    /// The time between two evaluations of the formula, from 5 minutes to 168 hours; <c>null</c> is 5 minutes. The service evaluates
    /// no oftener.
    /// </summary>
    public TimeSpan? AutoScaleInterval { get; set; }

    /// <summary>Dedicated machines that stand in, at the most, for Spot machines that the region has not.</summary>
    public int DedicatedFallback { get; set; }

    /// <summary>How long a pool of fixed numbers may have nothing to do before it goes to zero; <c>null</c> for any time.</summary>
    public TimeSpan? StopPoolAfter { get; set; }

    /// <summary>Whether machines have no public address; they need a subnet with a way to storage and Batch then.</summary>
    public bool NoPublicAddress { get; set; }

    /// <summary>The resource id of the subnet that machines join.</summary>
    public string? SubnetId { get; set; }

    /// <summary>The image: <c>publisher:offer:sku[:version]</c> or a resource id; <c>null</c> is Ubuntu 24.04.</summary>
    public string? ImageReference { get; set; }

    /// <summary>The service's agent for the image; <c>null</c> is the one the service lists for it.</summary>
    public string? NodeAgentSkuId { get; set; }

    /// <summary>A command that every machine runs when it joins the pool.</summary>
    public string? StartTaskCommandLine { get; set; }

    /// <summary>A container image that tasks run in; <c>null</c> runs the worker on the machine itself.</summary>
    public string? ContainerImage { get; set; }

    /// <summary>The registry of the container image.</summary>
    public string? RegistryServer { get; set; }

    /// <summary>User of the registry; its password is a secret.</summary>
    public string? RegistryUserName { get; set; }

    /// <summary>Resource id of the pool's managed identity that may pull from the registry, in place of user and password.</summary>
    public string? RegistryIdentityId { get; set; }

    /// <summary>Resource id of the pool's managed identity that reads and writes blobs, in place of signed addresses.</summary>
    public string? NodeIdentityId { get; set; }

    /// <summary>Replaces the command of a task; <c>{input}</c>, <c>{index}</c> and <c>{output}</c> stand for the worker's arguments.</summary>
    public string? CommandLine { get; set; }

    /// <summary>Which jobs of the account go first: from -1000 to 1000, the higher the sooner; <c>null</c> is 0.</summary>
    public int? JobPriority { get; set; }

    /// <summary>The price of one machine for an hour, in whatever money; <c>null</c> when it is not known.</summary>
    public double? PricePerHour { get; set; }

    /// <summary>How often a task runs again after a failure; runs after a lost machine are not counted.</summary>
    public int MaxTaskRetryCount { get; set; } = 1;

    /// <summary>The longest time for one task; <c>null</c> for sixty times what was measured, at least an hour, and where nothing was measured the access to storage.</summary>
    public TimeSpan? MaxWallClockTime { get; set; }

    /// <summary>Whether the job is removed once all of its results are received.</summary>
    public bool RemoveJobWhenDone { get; set; }

    /// <summary>Whether the container is removed once all of its results are received.</summary>
    public bool RemoveContainerWhenDone { get; set; }

    /// <summary>Whether the pool is removed once all of the job's results are received.</summary>
    public bool RemovePoolWhenDone { get; set; }

    /// <summary>The worker for linux-x64: one executable file; <c>null</c> takes the one that comes with the module.</summary>
    public string? WorkerPath { get; set; }

    /// <summary>Keys, when they were given rather than left to the environment or a sign-in.</summary>
    internal AzureSecrets Secrets { get; set; } = new();

    /// <summary>Hosts beside Azure's own that tokens and signed addresses may be sent to; see <see cref="WithTrustedEndpoints"/>.</summary>
    internal IReadOnlyList<string> TrustedEndpoints { get; set; } = [];

    /// <summary>Lets tokens and signed addresses go to hosts that are none of Azure's, such as a domain of one's own.</summary>
    /// <remarks>
    /// Like a key it is no setting that is saved: otherwise a configuration file that somebody hands in could name a host of its own and
    /// collect the sign-in of whoever uses the file.
    /// </remarks>
    /// <param name="hosts">Names of hosts, without scheme and port.</param>
    public AzureBatchConfig WithTrustedEndpoints(IEnumerable<string>? hosts)
    {
        TrustedEndpoints = [.. hosts ?? []];
        return this;
    }

    /// <summary>Gives the configuration its keys. They can be used, and not read back.</summary>
    public AzureBatchConfig WithSecrets(AzureSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        Secrets = secrets;
        return this;
    }

    /// <summary>Another configuration with the same settings and keys.</summary>
    public AzureBatchConfig Copy() => (AzureBatchConfig)MemberwiseClone();
}
