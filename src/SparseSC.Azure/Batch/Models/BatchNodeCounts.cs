namespace SparseSC.Azure.Batch;

/// <summary>How many nodes are in which state.</summary>
internal sealed record BatchNodeCounts : BatchModel
{
    /// <summary>Nodes being made.</summary>
    public int Creating { get; init; }

    /// <summary>Nodes without a task.</summary>
    public int Idle { get; init; }

    /// <summary>Nodes whose scheduling is disabled.</summary>
    public int Offline { get; init; }

    /// <summary>Spot nodes taken away.</summary>
    public int Preempted { get; init; }

    /// <summary>Nodes starting anew.</summary>
    public int Rebooting { get; init; }

    /// <summary>Nodes whose disk is being made anew.</summary>
    public int Reimaging { get; init; }

    /// <summary>Nodes with a task.</summary>
    public int Running { get; init; }

    /// <summary>Nodes whose agent is starting.</summary>
    public int Starting { get; init; }

    /// <summary>Nodes whose start task failed.</summary>
    public int StartTaskFailed { get; init; }

    /// <summary>Nodes on their way out.</summary>
    public int LeavingPool { get; init; }

    /// <summary>Nodes the service has lost touch with.</summary>
    public int Unknown { get; init; }

    /// <summary>Nodes that cannot be used.</summary>
    public int Unusable { get; init; }

    /// <summary>Nodes that wait for their start task.</summary>
    public int WaitingForStartTask { get; init; }

    /// <summary>Nodes whose machine is released.</summary>
    public int Deallocated { get; init; }

    /// <summary>Nodes whose machine is being released.</summary>
    public int Deallocating { get; init; }

    /// <summary>Nodes whose operating system is being upgraded.</summary>
    public int UpgradingOS { get; init; }

    /// <summary>All of them.</summary>
    public int Total { get; init; }
}
