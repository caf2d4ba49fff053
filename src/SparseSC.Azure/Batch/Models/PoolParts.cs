using System.Text.Json.Serialization;

namespace SparseSC.Azure.Batch;

/// <summary>The image and settings of the machines of a pool.</summary>
internal sealed record BatchVirtualMachineConfiguration : BatchModel
{
    /// <summary>The image.</summary>
    public required BatchImageReference ImageReference { get; init; }

    /// <summary>The service's agent that suits the image, such as <c>batch.node.ubuntu 24.04</c>.</summary>
    [JsonPropertyName("nodeAgentSKUId")]
    public required string NodeAgentSkuId { get; init; }

    /// <summary>Containers, if tasks run in such.</summary>
    public BatchContainerConfiguration? ContainerConfiguration { get; init; }

    /// <summary>How nodes are spread over zones.</summary>
    public BatchNodePlacementConfiguration? NodePlacementConfiguration { get; init; }

    /// <summary>The disk of the operating system.</summary>
    public BatchOSDisk? OSDisk { get; init; }
}

/// <summary>Containers of a pool.</summary>
internal sealed record BatchContainerConfiguration : BatchModel
{
    /// <summary>Their kind.</summary>
    public required BatchContainerType Type { get; init; }

    /// <summary>Images that nodes fetch before the first task.</summary>
    public IReadOnlyList<string>? ContainerImageNames { get; init; }

    /// <summary>Registries that need a sign-in.</summary>
    public IReadOnlyList<BatchContainerRegistry>? ContainerRegistries { get; init; }
}

/// <summary>How nodes are spread over zones.</summary>
internal sealed record BatchNodePlacementConfiguration(BatchNodePlacementPolicy? Policy) : BatchModel;

/// <summary>The disk of the operating system.</summary>
internal sealed record BatchOSDisk : BatchModel
{
    /// <summary>Its size in GiB; <c>null</c> for the image's.</summary>
    public int? DiskSizeGB { get; init; }
}

/// <summary>The network of a pool.</summary>
internal sealed record BatchNetworkConfiguration : BatchModel
{
    /// <summary>The resource id of the subnet that nodes join.</summary>
    public string? SubnetId { get; init; }

    /// <summary>Public addresses.</summary>
    public BatchPublicIPAddressConfiguration? PublicIPAddressConfiguration { get; init; }

    /// <summary>Whether nodes get accelerated networking.</summary>
    public bool? EnableAcceleratedNetworking { get; init; }
}

/// <summary>The public addresses of a pool.</summary>
internal sealed record BatchPublicIPAddressConfiguration : BatchModel
{
    /// <summary>The source of the addresses.</summary>
    public BatchIPAddressProvisioning? Provision { get; init; }

    /// <summary>Resource ids of given addresses.</summary>
    public IReadOnlyList<string>? IPAddressIds { get; init; }
}

/// <summary>The task that every node runs when it joins the pool.</summary>
internal sealed record BatchStartTask : BatchModel
{
    /// <summary>The command; no shell is started for it unless it names one.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The container, if it runs in one.</summary>
    public BatchTaskContainerSettings? ContainerSettings { get; init; }

    /// <summary>Files to fetch first.</summary>
    public IReadOnlyList<BatchResourceFile>? ResourceFiles { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<BatchEnvironmentSetting>? EnvironmentSettings { get; init; }

    /// <summary>Who it runs as.</summary>
    public BatchUserIdentity? UserIdentity { get; init; }

    /// <summary>How often it runs again after a non-zero exit.</summary>
    public int? MaxTaskRetryCount { get; init; }

    /// <summary>Whether tasks wait until it succeeded.</summary>
    public bool? WaitForSuccess { get; init; }
}

/// <summary>How tasks are spread over the nodes of a pool.</summary>
internal sealed record BatchTaskSchedulingPolicy(BatchNodeFillType NodeFillType) : BatchModel;

/// <summary>Why a pool did not reach its size.</summary>
internal sealed record BatchResizeError : BatchModel
{
    /// <summary>The error's code.</summary>
    public string? Code { get; init; }

    /// <summary>A sentence.</summary>
    public string? Message { get; init; }

    /// <summary>More about it.</summary>
    public IReadOnlyList<BatchNameValuePair>? Values { get; init; }
}

/// <summary>The result of an autoscale formula's last evaluation.</summary>
internal sealed record BatchAutoScaleRun : BatchModel
{
    /// <summary>When it was.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The values of the formula's variables, as <c>$variable=value</c> with semicolons between.</summary>
    public string? Results { get; init; }

    /// <summary>Why it failed.</summary>
    public BatchResizeError? Error { get; init; }
}
