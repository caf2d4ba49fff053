using System.Text.Json.Serialization;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>The life of a pool.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchPoolState>))]
internal enum BatchPoolState
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The pool can run tasks, as far as it has nodes.</summary>
    Active,

    /// <summary>The pool is being deleted.</summary>
    Deleting,
}

/// <summary>Whether the number of nodes is changing.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchAllocationState>))]
internal enum BatchAllocationState
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The number of nodes is not changing.</summary>
    Steady,

    /// <summary>Nodes come or go.</summary>
    Resizing,

    /// <summary>A change of size was asked to stop.</summary>
    Stopping,
}

/// <summary>The fate of tasks on nodes that are taken away.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchNodeDeallocationOption>))]
internal enum BatchNodeDeallocationOption
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>They are stopped and run again elsewhere.</summary>
    Requeue,

    /// <summary>They are stopped and do not run again.</summary>
    Terminate,

    /// <summary>They may finish first.</summary>
    TaskCompletion,

    /// <summary>They may finish first, and their files are kept as long as was promised.</summary>
    RetainedData,
}

/// <summary>How tasks are spread over nodes.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchNodeFillType>))]
internal enum BatchNodeFillType
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>Over as many nodes as there are.</summary>
    Spread,

    /// <summary>Onto as few nodes as will do.</summary>
    Pack,
}

/// <summary>How nodes are spread over a region.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchNodePlacementPolicy>))]
internal enum BatchNodePlacementPolicy
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>In one zone, the service chooses which.</summary>
    Regional,

    /// <summary>Evenly over the zones.</summary>
    Zonal,
}

/// <summary>The source of a pool's public addresses.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchIPAddressProvisioning>))]
internal enum BatchIPAddressProvisioning
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The service makes them.</summary>
    BatchManaged,

    /// <summary>They are given.</summary>
    UserManaged,

    /// <summary>There are none.</summary>
    NoPublicIPAddresses,
}

/// <summary>Which kind of containers the nodes run.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<BatchContainerType>))]
internal enum BatchContainerType
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>Docker's.</summary>
    DockerCompatible,

    /// <summary>Those of the container runtime interface.</summary>
    CriCompatible,
}

/// <summary>Operating systems of images.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchOSType>))]
internal enum BatchOSType
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>Linux.</summary>
    Linux,

    /// <summary>Windows.</summary>
    Windows,
}

/// <summary>Whether an image was tried with its node agent.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchImageVerification>))]
internal enum BatchImageVerification
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The image was tried with its node agent.</summary>
    Verified,

    /// <summary>The image was not tried with it.</summary>
    Unverified,
}
