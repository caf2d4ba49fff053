using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Azure.Jobs.Pools;

/// <summary>Makes the definitions of pools.</summary>
/// <param name="config">The settings.</param>
/// <param name="image">The image.</param>
/// <param name="registryPassword">The password of the registry's user; <c>null</c> when there is none.</param>
internal sealed class PoolBuilder(AzureBatchConfig config, ImageChoice image, string? registryPassword)
{
    private const int StartTaskRetries = 1;
    private const int LongestPrefix = 20;

    /// <summary>A pool that stands alone.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="expectedTasks">Tasks of the job that it is made for.</param>
    /// <param name="metadata">Whose it is.</param>
    public BatchPoolCreateOptions Standing(string id, int expectedTasks, IReadOnlyList<BatchMetadataItem> metadata)
    {
        BatchPoolSpecification of = Specification(expectedTasks);
        return new BatchPoolCreateOptions
        {
            Id = id,
            VmSize = of.VmSize,
            VirtualMachineConfiguration = of.VirtualMachineConfiguration,
            TargetDedicatedNodes = of.TargetDedicatedNodes,
            TargetSpotNodes = of.TargetSpotNodes,
            EnableAutoScale = of.EnableAutoScale,
            AutoScaleFormula = of.AutoScaleFormula,
            AutoScaleEvaluationInterval = of.AutoScaleEvaluationInterval,
            NetworkConfiguration = of.NetworkConfiguration,
            StartTask = of.StartTask,
            TaskSlotsPerNode = of.TaskSlotsPerNode,
            Metadata = metadata,
        };
    }

    /// <summary>A pool that a job brings along and that goes with it.</summary>
    public BatchPoolInfo Auto(string jobId, int expectedTasks) => new()
    {
        AutoPoolSpecification = new BatchAutoPoolSpecification
        {
            AutoPoolIdPrefix = jobId[..Math.Min(jobId.Length, LongestPrefix)],
            PoolLifetimeOption = BatchPoolLifetime.Job,
            KeepAlive = false,
            Pool = Specification(expectedTasks),
        },
    };

    /// <summary>The registry of the container image; <c>null</c> when it needs no sign-in.</summary>
    public static BatchContainerRegistry? Registry(AzureBatchConfig config, string? password) => config switch
    {
        { ContainerImage: null } => null,
        { RegistryIdentityId: { } identity } => new BatchContainerRegistry
        {
            RegistryServer = config.RegistryServer,
            IdentityReference = new BatchNodeIdentityReference(identity),
        },
        { RegistryUserName: { } user } => new BatchContainerRegistry { RegistryServer = config.RegistryServer, Username = user, Password = password },
        _ => null,
    };

    private BatchPoolSpecification Specification(int expectedTasks)
    {
        int slots = PoolSlots.PerNode(config);
        string? formula = PoolFormula.Of(config, slots, expectedTasks);
        return new BatchPoolSpecification
        {
            VmSize = config.VmSize,
            VirtualMachineConfiguration = new BatchVirtualMachineConfiguration
            {
                ImageReference = image.Reference,
                NodeAgentSkuId = image.NodeAgentSkuId,
                ContainerConfiguration = Containers(),
            },
            TargetDedicatedNodes = formula is null ? config.DedicatedNodeCount : null,
            TargetSpotNodes = formula is null ? config.SpotNodeCount : null,
            EnableAutoScale = formula is not null,
            AutoScaleFormula = formula,
            AutoScaleEvaluationInterval = formula is null ? null : config.AutoScaleInterval ?? ScaleToQueue.Interval,
            NetworkConfiguration = config.SubnetId is null ? null : new BatchNetworkConfiguration
            {
                SubnetId = config.SubnetId,
                PublicIPAddressConfiguration = config.NoPublicAddress
                    ? new BatchPublicIPAddressConfiguration { Provision = BatchIPAddressProvisioning.NoPublicIPAddresses }
                    : null,
            },
            StartTask = StartTask(),
            TaskSlotsPerNode = slots,
        };
    }

    private BatchContainerConfiguration? Containers() => config.ContainerImage is null ? null : new BatchContainerConfiguration
    {
        Type = BatchContainerType.DockerCompatible,
        ContainerImageNames = [config.ContainerImage],
        ContainerRegistries = Registry(config, registryPassword) is { } registry ? [registry] : null,
    };

    // A node is prepared by its administrator, or there is little that the command could do.
    private BatchStartTask? StartTask() => config.StartTaskCommandLine is null ? null : new BatchStartTask
    {
        CommandLine = config.StartTaskCommandLine,
        WaitForSuccess = true,
        MaxTaskRetryCount = StartTaskRetries,
        UserIdentity = new BatchUserIdentity { AutoUser = new BatchAutoUser { Scope = BatchAutoUserScope.Pool, ElevationLevel = BatchElevationLevel.Admin } },
    };
}
