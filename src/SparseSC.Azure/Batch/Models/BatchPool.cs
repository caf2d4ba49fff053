using System.Text.Json.Serialization;
using Azure;

namespace SparseSC.Azure.Batch;

/// <summary>A pool as it is.</summary>
internal sealed record BatchPool : BatchModel
{
    /// <summary>The pool's id.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its address.</summary>
    public string? Url { get; init; }

    /// <summary>Changes with the pool.</summary>
    [JsonIgnore]
    public ETag? ETag
    {
        get => ETagText is null ? null : new ETag(ETagText);
        init => ETagText = value?.ToString();
    }

    /// <summary>The tag as it is on the wire: Azure.Core's own contract for tags is not visible to generated ones.</summary>
    [JsonInclude]
    [JsonPropertyName("eTag")]
    internal string? ETagText { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>Its state.</summary>
    public BatchPoolState? State { get; init; }

    /// <summary>Since when it is in that state.</summary>
    public DateTimeOffset? StateTransitionTime { get; init; }

    /// <summary>Whether its size is changing.</summary>
    public BatchAllocationState? AllocationState { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? AllocationStateTransitionTime { get; init; }

    /// <summary>The size of the machines.</summary>
    public string? VmSize { get; init; }

    /// <summary>The image and settings of the machines.</summary>
    public BatchVirtualMachineConfiguration? VirtualMachineConfiguration { get; init; }

    /// <summary>How long the service tries to get the nodes.</summary>
    public TimeSpan? ResizeTimeout { get; init; }

    /// <summary>Why the pool did not reach its size.</summary>
    public IReadOnlyList<BatchResizeError>? ResizeErrors { get; init; }

    /// <summary>Nodes that stay, as they are now.</summary>
    public int? CurrentDedicatedNodes { get; init; }

    /// <summary>Spot nodes, as they are now.</summary>
    [JsonPropertyName("currentLowPriorityNodes")]
    public int? CurrentSpotNodes { get; init; }

    /// <summary>Nodes that stay, as wanted.</summary>
    public int? TargetDedicatedNodes { get; init; }

    /// <summary>Spot nodes, as wanted.</summary>
    [JsonPropertyName("targetLowPriorityNodes")]
    public int? TargetSpotNodes { get; init; }

    /// <summary>Whether a formula says how many nodes there are.</summary>
    public bool? EnableAutoScale { get; init; }

    /// <summary>The formula.</summary>
    public string? AutoScaleFormula { get; init; }

    /// <summary>How often it is evaluated.</summary>
    public TimeSpan? AutoScaleEvaluationInterval { get; init; }

    /// <summary>The result of the formula's last evaluation.</summary>
    public BatchAutoScaleRun? AutoScaleRun { get; init; }

    /// <summary>Whether nodes can talk to each other.</summary>
    public bool? EnableInterNodeCommunication { get; init; }

    /// <summary>The network.</summary>
    public BatchNetworkConfiguration? NetworkConfiguration { get; init; }

    /// <summary>The task that each node runs when it joins.</summary>
    public BatchStartTask? StartTask { get; init; }

    /// <summary>Application packages on each node.</summary>
    public IReadOnlyList<BatchApplicationPackageReference>? ApplicationPackageReferences { get; init; }

    /// <summary>How many tasks of one slot run on a node at once.</summary>
    public int? TaskSlotsPerNode { get; init; }

    /// <summary>How tasks are spread over nodes.</summary>
    public BatchTaskSchedulingPolicy? TaskSchedulingPolicy { get; init; }

    /// <summary>Names and values of the user's own.</summary>
    public IReadOnlyList<BatchMetadataItem>? Metadata { get; init; }
}

/// <summary>How many nodes of a pool are in which state.</summary>
internal sealed record BatchPoolNodeCounts : BatchModel
{
    /// <summary>The pool's id.</summary>
    public string PoolId { get; init => field = value ?? ""; } = "";

    /// <summary>Nodes that stay.</summary>
    public BatchNodeCounts? Dedicated { get; init; }

    /// <summary>Spot nodes.</summary>
    [JsonPropertyName("lowPriority")]
    public BatchNodeCounts? Spot { get; init; }
}
