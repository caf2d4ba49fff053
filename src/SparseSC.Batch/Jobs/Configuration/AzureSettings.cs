using static SparseSC.Batch.Jobs.Configuration.ConfigSetting<SparseSC.Batch.Jobs.Configuration.AzureBatchConfig>;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Settings of jobs on Azure, in the order in which they are written.</summary>
internal static class AzureSettings
{
    public static IReadOnlyList<ConfigSetting<AzureBatchConfig>> All { get; } =
    [
        Text("BatchAccountName", c => c.BatchAccountName, (c, value) => c.BatchAccountName = value),
        Text("BatchAccountEndpoint", c => c.BatchAccountEndpoint, (c, value) => c.BatchAccountEndpoint = value),
        Text("StorageAccountName", c => c.StorageAccountName, (c, value) => c.StorageAccountName = value),
        Text("StorageEndpoint", c => c.StorageEndpoint, (c, value) => c.StorageEndpoint = value),
        Text("ContainerName", c => c.ContainerName, (c, value) => c.ContainerName = value),
        Duration("StorageAccessDuration", c => c.StorageAccessDuration, (c, value) => c.StorageAccessDuration = value),
        Word("Credential", c => c.Credential, (c, value) => c.Credential = value),
        Text("CredentialClientId", c => c.CredentialClientId, (c, value) => c.CredentialClientId = value),
        Text("TenantId", c => c.TenantId, (c, value) => c.TenantId = value),
        Text("PoolId", c => c.PoolId, (c, value) => c.PoolId = value),
        Switch("AutoPool", c => c.AutoPool, (c, value) => c.AutoPool = value),
        Text("VmSize", c => c.VmSize, (c, value) => c.VmSize = value),
        Whole("DedicatedNodeCount", c => c.DedicatedNodeCount, (c, value) => c.DedicatedNodeCount = value),
        Whole("SpotNodeCount", c => c.SpotNodeCount, (c, value) => c.SpotNodeCount = value),
        Whole("TaskSlotsPerNode", c => c.TaskSlotsPerNode, (c, value) => c.TaskSlotsPerNode = value),
        Text("AutoScaleFormula", c => c.AutoScaleFormula, (c, value) => c.AutoScaleFormula = value),
        Switch("ScaleToQueue", c => c.ScaleToQueue, (c, value) => c.ScaleToQueue = value),
        Duration("AutoScaleInterval", c => c.AutoScaleInterval, (c, value) => c.AutoScaleInterval = value),
        Whole("DedicatedFallback", c => c.DedicatedFallback, (c, value) => c.DedicatedFallback = value),
        Duration("StopPoolAfter", c => c.StopPoolAfter, (c, value) => c.StopPoolAfter = value),
        Switch("NoPublicAddress", c => c.NoPublicAddress, (c, value) => c.NoPublicAddress = value),
        Text("SubnetId", c => c.SubnetId, (c, value) => c.SubnetId = value),
        Text("ImageReference", c => c.ImageReference, (c, value) => c.ImageReference = value),
        Text("NodeAgentSkuId", c => c.NodeAgentSkuId, (c, value) => c.NodeAgentSkuId = value),
        Text("StartTaskCommandLine", c => c.StartTaskCommandLine, (c, value) => c.StartTaskCommandLine = value),
        Text("ContainerImage", c => c.ContainerImage, (c, value) => c.ContainerImage = value),
        Text("RegistryServer", c => c.RegistryServer, (c, value) => c.RegistryServer = value),
        Text("RegistryUserName", c => c.RegistryUserName, (c, value) => c.RegistryUserName = value),
        Text("RegistryIdentityId", c => c.RegistryIdentityId, (c, value) => c.RegistryIdentityId = value),
        Text("NodeIdentityId", c => c.NodeIdentityId, (c, value) => c.NodeIdentityId = value),
        Text("CommandLine", c => c.CommandLine, (c, value) => c.CommandLine = value),
        Whole("JobPriority", c => c.JobPriority, (c, value) => c.JobPriority = value),
        Real("PricePerHour", c => c.PricePerHour, (c, value) => c.PricePerHour = value),
        Whole("MaxTaskRetryCount", c => c.MaxTaskRetryCount, (c, value) => c.MaxTaskRetryCount = value),
        Duration("MaxWallClockTime", c => c.MaxWallClockTime, (c, value) => c.MaxWallClockTime = value),
        Switch("RemoveJobWhenDone", c => c.RemoveJobWhenDone, (c, value) => c.RemoveJobWhenDone = value),
        Switch("RemoveContainerWhenDone", c => c.RemoveContainerWhenDone, (c, value) => c.RemoveContainerWhenDone = value),
        Switch("RemovePoolWhenDone", c => c.RemovePoolWhenDone, (c, value) => c.RemovePoolWhenDone = value),
        Text("WorkerPath", c => c.WorkerPath, (c, value) => c.WorkerPath = value, isPath: true),
    ];
}
