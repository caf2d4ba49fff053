using System.Text.Json.Serialization;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>The life of a job.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchJobState>))]
internal enum BatchJobState
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>Its tasks run.</summary>
    Active,

    /// <summary>The job was asked to pause; tasks still run.</summary>
    Disabling,

    /// <summary>The job pauses.</summary>
    Disabled,

    /// <summary>The job is about to go on.</summary>
    Enabling,

    /// <summary>The job is about to complete; tasks are being stopped.</summary>
    Terminating,

    /// <summary>The job has ended and takes no more tasks.</summary>
    Completed,

    /// <summary>The job is being deleted; its id is not free yet.</summary>
    Deleting,
}

/// <summary>The action when all tasks of a job are complete. An empty job counts as complete.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchAllTasksCompleteMode>))]
internal enum BatchAllTasksCompleteMode
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>Nothing: the job stays active and takes more tasks.</summary>
    NoAction,

    /// <summary>The job ends.</summary>
    TerminateJob,
}

/// <summary>The action when a task fails.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchTaskFailureMode>))]
internal enum BatchTaskFailureMode
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>Nothing.</summary>
    NoAction,

    /// <summary>The action of the task's exit conditions.</summary>
    PerformExitOptionsJobAction,
}

/// <summary>The effect of a task's exit on its job.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchJobAction>))]
internal enum BatchJobAction
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>The job pauses.</summary>
    Disable,

    /// <summary>The job ends.</summary>
    Terminate,
}

/// <summary>How long a pool lives that a job brings along.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchPoolLifetime>))]
internal enum BatchPoolLifetime
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>As long as the schedule that makes such jobs.</summary>
    JobSchedule,

    /// <summary>As long as the job.</summary>
    Job,
}
