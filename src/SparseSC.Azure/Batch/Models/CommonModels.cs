namespace SparseSC.Azure.Batch;

/// <summary>A name with a value, kept by the service and not interpreted by it.</summary>
internal sealed record BatchMetadataItem(string Name, string Value) : BatchModel;

/// <summary>An environment variable of a task.</summary>
internal sealed record BatchEnvironmentSetting(string Name, string? Value) : BatchModel;

/// <summary>A detail of an error.</summary>
internal sealed record BatchNameValuePair(string? Name, string? Value) : BatchModel;

/// <summary>A managed identity of the pool, by its resource id.</summary>
internal sealed record BatchNodeIdentityReference(string? ResourceId) : BatchModel;

/// <summary>An application package to install on a node.</summary>
/// <param name="ApplicationId">The application's id.</param>
/// <param name="Version">The version; <c>null</c> for the application's default.</param>
internal sealed record BatchApplicationPackageReference(string ApplicationId, string? Version = null) : BatchModel;

/// <summary>Who a task runs as: a named user of the pool, or one made for the purpose.</summary>
internal sealed record BatchUserIdentity : BatchModel
{
    /// <summary>A user account of the pool.</summary>
    public string? Username { get; init; }

    /// <summary>A user that the service makes.</summary>
    public BatchAutoUser? AutoUser { get; init; }
}

/// <summary>A user that the service makes.</summary>
internal sealed record BatchAutoUser : BatchModel
{
    /// <summary>For a task alone, or for all tasks of the node.</summary>
    public BatchAutoUserScope? Scope { get; init; }

    /// <summary>The rights of the user.</summary>
    public BatchElevationLevel? ElevationLevel { get; init; }
}

/// <summary>Files that a node fetches before a task starts. One of the three sources has to be given.</summary>
internal sealed record BatchResourceFile : BatchModel
{
    /// <summary>A container of the storage account that is linked to the Batch account.</summary>
    public string? AutoStorageContainerName { get; init; }

    /// <summary>The address of a container, signed or readable by <see cref="IdentityReference"/>.</summary>
    public string? StorageContainerUrl { get; init; }

    /// <summary>The address of one file, signed or readable by <see cref="IdentityReference"/>.</summary>
    public string? HttpUrl { get; init; }

    /// <summary>Takes only the blobs of a container whose names start so.</summary>
    public string? BlobPrefix { get; init; }

    /// <summary>The file's path below the task's working directory; the folder when the source is a container.</summary>
    public string? FilePath { get; init; }

    /// <summary>The file's mode on Linux, in octal: <c>0770</c> when nothing else is said.</summary>
    public string? FileMode { get; init; }

    /// <summary>The pool's identity that reads the source, in place of a signature.</summary>
    public BatchNodeIdentityReference? IdentityReference { get; init; }
}

/// <summary>A registry of container images.</summary>
internal sealed record BatchContainerRegistry : BatchModel
{
    /// <summary>The user.</summary>
    public string? Username { get; init; }

    /// <summary>The user's password; the service never gives it back.</summary>
    public string? Password { get; init; }

    /// <summary>The server; <c>null</c> for Docker Hub.</summary>
    public string? RegistryServer { get; init; }

    /// <summary>The pool's identity, in place of user and password.</summary>
    public BatchNodeIdentityReference? IdentityReference { get; init; }
}

/// <summary>The container a task runs in.</summary>
internal sealed record BatchTaskContainerSettings : BatchModel
{
    /// <summary>More options of the command that makes the container.</summary>
    public string? ContainerRunOptions { get; init; }

    /// <summary>The image.</summary>
    public required string ImageName { get; init; }

    /// <summary>The registry, unless the pool has it already.</summary>
    public BatchContainerRegistry? Registry { get; init; }

    /// <summary>The folder in which the process starts.</summary>
    public BatchContainerWorkingDirectory? WorkingDirectory { get; init; }
}

/// <summary>How often and how long a task may run, and how long its files stay.</summary>
internal sealed record BatchTaskConstraints : BatchModel
{
    /// <summary>The longest time for one task; <see cref="BatchDuration.NoLimit"/> for any.</summary>
    public TimeSpan? MaxWallClockTime { get; init; }

    /// <summary>How long the files stay on the node after the end; seven days when nothing is said.</summary>
    public TimeSpan? RetentionTime { get; init; }

    /// <summary>How often a task runs again after a non-zero exit; −1 for without end. Runs after a lost node are not counted.</summary>
    public int? MaxTaskRetryCount { get; init; }
}

/// <summary>The state of a container.</summary>
internal sealed record BatchTaskContainerExecutionInfo : BatchModel
{
    /// <summary>The container's id.</summary>
    public string? ContainerId { get; init; }

    /// <summary>The state as the container engine names it.</summary>
    public string? State { get; init; }

    /// <summary>The container engine's error.</summary>
    public string? Error { get; init; }
}

/// <summary>Why a task failed.</summary>
internal sealed record BatchTaskFailureInfo : BatchModel
{
    /// <summary>Whose fault it is.</summary>
    public BatchErrorCategory Category { get; init; }

    /// <summary>The error's code, such as <c>FailureExitCode</c> or <c>TaskEnded</c>.</summary>
    public string? Code { get; init; }

    /// <summary>A sentence.</summary>
    public string? Message { get; init; }

    /// <summary>More about it.</summary>
    public IReadOnlyList<BatchNameValuePair>? Details { get; init; }
}
