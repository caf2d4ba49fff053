using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>The state of a job's pool at one moment: its nodes, and the errors of some of them.</summary>
internal sealed record PoolSnapshot
{
    /// <summary>The pool's id.</summary>
    public required string PoolId { get; init; }

    /// <summary>The pool; <c>null</c> when it does not exist.</summary>
    public BatchPool? Pool { get; init; }

    /// <summary>Its nodes by state, dedicated and Spot; <c>null</c> when they were not counted.</summary>
    public BatchPoolNodeCounts? Counts { get; init; }

    /// <summary>Some of the nodes that cannot be used, with their errors.</summary>
    public IReadOnlyList<BatchNode> BadNodes { get; init; } = [];

    /// <summary>Nodes on which the job's preparation failed.</summary>
    public IReadOnlyList<BatchJobNodeTaskStatus> FailedPreparations { get; init; } = [];

    /// <summary>Nodes that run tasks or could.</summary>
    public int Usable => Count(nodes => nodes.Idle + nodes.Running);

    /// <summary>Nodes that will be usable soon if all goes well.</summary>
    public int Coming => Count(nodes => nodes.Creating + nodes.Starting + nodes.WaitingForStartTask + nodes.Rebooting + nodes.Reimaging + nodes.UpgradingOS);

    /// <summary>Nodes that somebody has to do something about.</summary>
    public int Bad => Count(nodes => nodes.StartTaskFailed + nodes.Unusable);

    /// <summary>Spot nodes that were taken away.</summary>
    public int Preempted => Count(nodes => nodes.Preempted);

    private int Count(Func<BatchNodeCounts, int> of) => (Counts?.Dedicated is { } dedicated ? of(dedicated) : 0) + (Counts?.Spot is { } spot ? of(spot) : 0);
}
