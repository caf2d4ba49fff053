using System.Text.Json.Serialization;

namespace SparseSC.Azure.Batch;

/// <summary>The definition of a pool, whether it stands alone or a job brings it along.</summary>
internal abstract record BatchPoolDefinition : BatchModel
{
    private protected BatchPoolDefinition()
    {
    }

    /// <summary>A name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The size of the machines, such as <c>Standard_D2s_v5</c>.</summary>
    public required string VmSize { get; init; }

    /// <summary>The image and settings of the machines.</summary>
    public BatchVirtualMachineConfiguration? VirtualMachineConfiguration { get; init; }

    /// <summary>How long the service tries to get the nodes: 15 minutes when nothing is said, at least 5.</summary>
    public TimeSpan? ResizeTimeout { get; init; }

    /// <summary>Nodes that stay. Not together with autoscale.</summary>
    public int? TargetDedicatedNodes { get; init; }

    /// <summary>Spot nodes, which can be taken away at any time. Not together with autoscale.</summary>
    [JsonPropertyName("targetLowPriorityNodes")]
    public int? TargetSpotNodes { get; init; }

    /// <summary>Whether <see cref="AutoScaleFormula"/> says how many nodes there are.</summary>
    public bool? EnableAutoScale { get; init; }

    /// <summary>The formula.</summary>
    public string? AutoScaleFormula { get; init; }

    /// <summary>How often the formula is evaluated: 5 minutes to 168 hours, 15 minutes when nothing is said.</summary>
    public TimeSpan? AutoScaleEvaluationInterval { get; init; }

    /// <summary>Whether nodes can talk to each other.</summary>
    public bool? EnableInterNodeCommunication { get; init; }

    /// <summary>The network.</summary>
    public BatchNetworkConfiguration? NetworkConfiguration { get; init; }

    /// <summary>The task that each node runs when it joins.</summary>
    public BatchStartTask? StartTask { get; init; }

    /// <summary>Application packages on each node.</summary>
    public IReadOnlyList<BatchApplicationPackageReference>? ApplicationPackageReferences { get; init; }

    /// <summary>How many tasks of one slot run on a node at once: at most 4 for each core, and 256.</summary>
    public int? TaskSlotsPerNode { get; init; }

    /// <summary>How tasks are spread over nodes.</summary>
    public BatchTaskSchedulingPolicy? TaskSchedulingPolicy { get; init; }

    /// <summary>Names and values of the user's own.</summary>
    public IReadOnlyList<BatchMetadataItem>? Metadata { get; init; }
}

/// <summary>A pool to make.</summary>
internal sealed record BatchPoolCreateOptions : BatchPoolDefinition
{
    /// <summary>Its id: up to 64 letters, digits, hyphens and underscores; letter case makes no difference.</summary>
    public required string Id { get; init; }
}

/// <summary>A pool that a job brings along.</summary>
internal sealed record BatchPoolSpecification : BatchPoolDefinition;

/// <summary>Changes to a pool; what is <c>null</c> stays as it is.</summary>
internal sealed record BatchPoolUpdateOptions : BatchModel
{
    /// <summary>Names and values of the user's own; they replace all that were there.</summary>
    public IReadOnlyList<BatchMetadataItem>? Metadata { get; init; }
}

/// <summary>A new size for a pool without autoscale.</summary>
internal sealed record BatchPoolResizeOptions : BatchModel
{
    /// <summary>Nodes that stay.</summary>
    public int? TargetDedicatedNodes { get; init; }

    /// <summary>Spot nodes.</summary>
    [JsonPropertyName("targetLowPriorityNodes")]
    public int? TargetSpotNodes { get; init; }

    /// <summary>How long the service tries.</summary>
    public TimeSpan? ResizeTimeout { get; init; }

    /// <summary>The fate of tasks on nodes that are taken away.</summary>
    public BatchNodeDeallocationOption? NodeDeallocationOption { get; init; }
}

/// <summary>Autoscale for a pool, new or changed.</summary>
internal sealed record BatchPoolEnableAutoScaleOptions : BatchModel
{
    /// <summary>The formula; it has to be given when autoscale was off.</summary>
    public string? AutoScaleFormula { get; init; }

    /// <summary>How often it is evaluated.</summary>
    public TimeSpan? AutoScaleEvaluationInterval { get; init; }
}

/// <summary>A formula to try.</summary>
internal sealed record BatchPoolEvaluateAutoScaleOptions(string AutoScaleFormula) : BatchModel;
