using System.Management.Automation;
using System.Security;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A cmdlet with a parameter for every setting of a configuration for Azure.</summary>
/// <remarks>A parameter is called as the setting; what is not given keeps the setting's own default.</remarks>
public abstract class AzureConfigCommand : SparseSCCommand
{
    /// <summary>The parameter set of these settings.</summary>
    protected const string AzureSet = "Azure";

    /// <summary>Name of the Batch account.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? BatchAccountName { get; set; }

    /// <summary>Address of the Batch account.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? BatchAccountEndpoint { get; set; }

    /// <summary>Key of the Batch account.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [SecretTransformation]
    public SecureString? BatchAccountKey { get; set; }

    /// <summary>Name of the storage account.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? StorageAccountName { get; set; }

    /// <summary>Address of the storage account's blobs.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? StorageEndpoint { get; set; }

    /// <summary>Key of the storage account.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [SecretTransformation]
    public SecureString? StorageAccountKey { get; set; }

    /// <summary>Connection string of the storage account, with its key.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [SecretTransformation]
    public SecureString? StorageConnectionString { get; set; }

    /// <summary>The container for inputs and results.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? ContainerName { get; set; }

    /// <summary>How long machines may read inputs and write results, in hours or as a time span.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [HoursTransformation]
    public TimeSpan StorageAccessDuration { get; set; }

    /// <summary>Where sign-ins come from when no key is given.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [EnumNameTransformation]
    public AzureCredentialSource Credential { get; set; }

    /// <summary>Client id of a user-assigned managed identity or of a workload identity.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? CredentialClientId { get; set; }

    /// <summary>The tenant to sign in to.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The pool: an existing one is used as it is, a missing one is made.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string? PoolId { get; set; }

    /// <summary>Gives the job a pool of its own that dies with it.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public SwitchParameter AutoPool { get; set; }

    /// <summary>Size of the machines of a pool that is made.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ArgumentCompleter(typeof(VmSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? VmSize { get; set; }

    /// <summary>Dedicated machines of a pool that is made.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public int DedicatedNodeCount { get; set; }

    /// <summary>Spot machines of a pool that is made.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [Alias("LowPriorityNodeCount")]
    public int SpotNodeCount { get; set; }

    /// <summary>Tasks that run on one machine at a time.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public int? TaskSlotsPerNode { get; set; }

    /// <summary>An autoscale formula.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? AutoScaleFormula { get; set; }

    /// <summary>The time between two evaluations of the formula, in minutes or as a time span.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [MinutesTransformation]
    public TimeSpan? AutoScaleInterval { get; set; }

    /// <summary>Lets the pool follow the queue, and go to zero when it is empty.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public SwitchParameter ScaleToQueue { get; set; }

    /// <summary>Dedicated machines that stand in for Spot machines that the region has not.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public int DedicatedFallback { get; set; }

    /// <summary>How long a pool of fixed numbers may idle before it goes to zero, in minutes or as a time span.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [MinutesTransformation]
    public TimeSpan? StopPoolAfter { get; set; }

    /// <summary>Makes machines without public addresses.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public SwitchParameter NoPublicAddress { get; set; }

    /// <summary>The resource id of the subnet that machines join.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? SubnetId { get; set; }

    /// <summary>The image: publisher:offer:sku[:version] or a resource id.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string? ImageReference { get; set; }

    /// <summary>The service's agent for the image.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? NodeAgentSkuId { get; set; }

    /// <summary>A command that every machine runs when it joins the pool.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? StartTaskCommandLine { get; set; }

    /// <summary>A container image that tasks run in.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? ContainerImage { get; set; }

    /// <summary>The registry of the container image.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? RegistryServer { get; set; }

    /// <summary>User and password of the registry.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [Credential]
    public PSCredential? RegistryCredential { get; set; }

    /// <summary>User of the registry, whose password is in the environment.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? RegistryUserName { get; set; }

    /// <summary>Resource id of the pool's managed identity that may pull from the registry.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? RegistryIdentityId { get; set; }

    /// <summary>Resource id of the pool's managed identity that reads and writes blobs.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? NodeIdentityId { get; set; }

    /// <summary>Replaces the command of a task.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? CommandLine { get; set; }

    /// <summary>Which jobs of the account go first.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public int? JobPriority { get; set; }

    /// <summary>The price of one machine for an hour.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public double? PricePerHour { get; set; }

    /// <summary>How often a task runs again after a failure.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public int MaxTaskRetryCount { get; set; }

    /// <summary>The longest time for one task, in minutes or as a time span.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [MinutesTransformation]
    public TimeSpan? MaxWallClockTime { get; set; }

    /// <summary>Removes the job once all of its results are received.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public SwitchParameter RemoveJobWhenDone { get; set; }

    /// <summary>Removes the container once all of its results are received.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public SwitchParameter RemoveContainerWhenDone { get; set; }

    /// <summary>Removes the pool once all of the job's results are received.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public SwitchParameter RemovePoolWhenDone { get; set; }
}
