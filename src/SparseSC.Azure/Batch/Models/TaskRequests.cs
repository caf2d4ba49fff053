namespace SparseSC.Azure.Batch;

/// <summary>A task to add to a job. It can run more than once (after a lost node, too), so running it twice must do no harm.</summary>
internal sealed record BatchTaskCreateOptions : BatchModel
{
    /// <summary>Its id in the job: up to 64 letters, digits, hyphens and underscores; letter case makes no difference.</summary>
    public required string Id { get; init; }

    /// <summary>A name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The meaning of its exits for the job and for tasks that depend on it.</summary>
    public BatchExitConditions? ExitConditions { get; init; }

    /// <summary>The command; no shell is started for it unless it names one.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The container, if it runs in one.</summary>
    public BatchTaskContainerSettings? ContainerSettings { get; init; }

    /// <summary>Files to fetch first.</summary>
    public IReadOnlyList<BatchResourceFile>? ResourceFiles { get; init; }

    /// <summary>Files to upload at the end.</summary>
    public IReadOnlyList<BatchOutputFile>? OutputFiles { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<BatchEnvironmentSetting>? EnvironmentSettings { get; init; }

    /// <summary>Limits.</summary>
    public BatchTaskConstraints? Constraints { get; init; }

    /// <summary>How many of a node's slots it takes.</summary>
    public int? RequiredSlots { get; init; }

    /// <summary>Who it runs as.</summary>
    public BatchUserIdentity? UserIdentity { get; init; }

    /// <summary>Tasks that have to be done first; the job has to use dependencies.</summary>
    public BatchTaskDependencies? DependsOn { get; init; }

    /// <summary>Application packages it needs.</summary>
    public IReadOnlyList<BatchApplicationPackageReference>? ApplicationPackageReferences { get; init; }
}

/// <summary>A file, or files by pattern, to upload when a task has ended.</summary>
internal sealed record BatchOutputFile : BatchModel
{
    /// <summary>A path or pattern below the task's working directory; <c>**</c> means any folders.</summary>
    public required string FilePattern { get; init; }

    /// <summary>The destination.</summary>
    public required BatchOutputFileDestination Destination { get; init; }

    /// <summary>When.</summary>
    public required BatchOutputFileUploadOptions UploadOptions { get; init; }
}

/// <summary>The destination of output files.</summary>
internal sealed record BatchOutputFileDestination(BatchOutputFileContainer? Container) : BatchModel;

/// <summary>When output files go.</summary>
internal sealed record BatchOutputFileUploadOptions(BatchOutputFileUploadCondition UploadCondition) : BatchModel;

/// <summary>A container of blobs for output files.</summary>
internal sealed record BatchOutputFileContainer : BatchModel
{
    /// <summary>The blob's name, or the start of the blobs' names for a pattern.</summary>
    public string? Path { get; init; }

    /// <summary>The container's address, signed or writable by <see cref="IdentityReference"/>.</summary>
    public required string ContainerUrl { get; init; }

    /// <summary>The pool's identity that writes, in place of a signature.</summary>
    public BatchNodeIdentityReference? IdentityReference { get; init; }

    /// <summary>Headers of the upload.</summary>
    public IReadOnlyList<BatchOutputFileUploadHeader>? UploadHeaders { get; init; }
}

/// <summary>A header of an upload.</summary>
internal sealed record BatchOutputFileUploadHeader(string Name, string? Value) : BatchModel;

/// <summary>Tasks that have to be done first.</summary>
internal sealed record BatchTaskDependencies : BatchModel
{
    /// <summary>By id; at most 64,000 characters together.</summary>
    public IReadOnlyList<string>? TaskIds { get; init; }

    /// <summary>By ids that are whole numbers.</summary>
    public IReadOnlyList<BatchTaskIdRange>? TaskIdRanges { get; init; }
}

/// <summary>Ids that are whole numbers, both ends included.</summary>
internal sealed record BatchTaskIdRange(int Start, int End) : BatchModel;

/// <summary>The meaning of a task's exits.</summary>
internal sealed record BatchExitConditions : BatchModel
{
    /// <summary>For single exit codes.</summary>
    public IReadOnlyList<BatchExitCodeMapping>? ExitCodes { get; init; }

    /// <summary>For ranges of exit codes.</summary>
    public IReadOnlyList<BatchExitCodeRangeMapping>? ExitCodeRanges { get; init; }

    /// <summary>When the task could not start.</summary>
    public BatchExitOptions? PreProcessingError { get; init; }

    /// <summary>When output files could not be uploaded.</summary>
    public BatchExitOptions? FileUploadError { get; init; }

    /// <summary>When nothing else applies.</summary>
    public BatchExitOptions? Default { get; init; }
}

/// <summary>The meaning of one exit code.</summary>
internal sealed record BatchExitCodeMapping(int Code, BatchExitOptions ExitOptions) : BatchModel;

/// <summary>The meaning of a range of exit codes, both ends included.</summary>
internal sealed record BatchExitCodeRangeMapping(int Start, int End, BatchExitOptions ExitOptions) : BatchModel;

/// <summary>The effect of an exit.</summary>
internal sealed record BatchExitOptions : BatchModel
{
    /// <summary>To the job.</summary>
    public BatchJobAction? JobAction { get; init; }

    /// <summary>To the tasks that depend on it.</summary>
    public BatchDependencyAction? DependencyAction { get; init; }
}
