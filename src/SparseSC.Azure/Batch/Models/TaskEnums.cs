using System.Text.Json.Serialization;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>How far a task is.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchTaskState>))]
internal enum BatchTaskState
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The task waits for a node.</summary>
    Active,

    /// <summary>The task waits for the job preparation task on its node.</summary>
    Preparing,

    /// <summary>The task runs on a node.</summary>
    Running,

    /// <summary>The task has ended, well or badly.</summary>
    Completed,
}

/// <summary>How a task ended.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchTaskExecutionResult>))]
internal enum BatchTaskExecutionResult
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The task ran and exited with zero.</summary>
    Success,

    /// <summary>The task failed; the failure information says how.</summary>
    Failure,
}

/// <summary>Whose fault an error is.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchErrorCategory>))]
internal enum BatchErrorCategory
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The user's: a command that fails, a file that is not there.</summary>
    UserError,

    /// <summary>The service's.</summary>
    ServerError,
}

/// <summary>The outcome of adding one task of a collection.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchTaskAddStatus>))]
internal enum BatchTaskAddStatus
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The task was added.</summary>
    Success,

    /// <summary>The request is wrong and would be refused again.</summary>
    ClientError,

    /// <summary>The service failed; the same request may work now.</summary>
    ServerError,
}

/// <summary>The effect of a task's exit on the tasks that depend on it.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchDependencyAction>))]
internal enum BatchDependencyAction
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>They may run.</summary>
    Satisfy,

    /// <summary>They never run.</summary>
    Block,
}

/// <summary>When output files are uploaded.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchOutputFileUploadCondition>))]
internal enum BatchOutputFileUploadCondition
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>After the task exited with zero.</summary>
    TaskSuccess,

    /// <summary>After it exited with anything else.</summary>
    TaskFailure,

    /// <summary>After it exited.</summary>
    TaskCompletion,
}

/// <summary>Under whose account an automatic user is made.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchAutoUserScope>))]
internal enum BatchAutoUserScope
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>One user for each task.</summary>
    Task,

    /// <summary>One user for all tasks of a node.</summary>
    Pool,
}

/// <summary>The rights of a user on a node.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BatchElevationLevel>))]
internal enum BatchElevationLevel
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>The rights of any user.</summary>
    NonAdmin,

    /// <summary>Anything.</summary>
    Admin,
}

/// <summary>The folder in which a container's process starts.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<BatchContainerWorkingDirectory>))]
internal enum BatchContainerWorkingDirectory
{
    /// <summary>A value newer than this client.</summary>
    Unknown,

    /// <summary>In the task's directory.</summary>
    TaskWorkingDirectory,

    /// <summary>The folder that the image names.</summary>
    ContainerImageDefault,
}
