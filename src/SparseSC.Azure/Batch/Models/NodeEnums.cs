using System.Text.Json.Serialization;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>The state of a node.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchNodeState>))]
internal enum BatchNodeState
{
    /// <summary>The service has lost touch with the node, or the value is newer than this client.</summary>
    Unknown,

    /// <summary>No task runs on it.</summary>
    Idle,

    /// <summary>The node restarts.</summary>
    Rebooting,

    /// <summary>Its disk is being made anew.</summary>
    Reimaging,

    /// <summary>Tasks run on it.</summary>
    Running,

    /// <summary>The node cannot be used; its errors say why.</summary>
    Unusable,

    /// <summary>The machine is being made.</summary>
    Creating,

    /// <summary>The service's agent is starting on it.</summary>
    Starting,

    /// <summary>The start task runs and is waited for.</summary>
    WaitingForStartTask,

    /// <summary>The start task failed, and no task will run.</summary>
    StartTaskFailed,

    /// <summary>The node is leaving the pool.</summary>
    LeavingPool,

    /// <summary>Its scheduling is disabled.</summary>
    Offline,

    /// <summary>A Spot node that was taken away; its tasks run again elsewhere.</summary>
    Preempted,

    /// <summary>Its operating system is being upgraded.</summary>
    UpgradingOS,

    /// <summary>The machine is released, its disk is kept.</summary>
    Deallocated,

    /// <summary>The machine is being released.</summary>
    Deallocating,
}

/// <summary>Whether a node takes new tasks.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchSchedulingState>))]
internal enum BatchSchedulingState
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The node takes tasks.</summary>
    Enabled,

    /// <summary>The node takes no tasks.</summary>
    Disabled,
}

/// <summary>How far a start, job preparation or job release task is.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchNodeTaskState>))]
internal enum BatchNodeTaskState
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The task runs, or is about to run again.</summary>
    Running,

    /// <summary>The task has ended, well or badly.</summary>
    Completed,
}
