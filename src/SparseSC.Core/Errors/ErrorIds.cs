namespace SparseSC.Core.Errors;

/// <summary>Ids of the errors that code decides by: which category one has, whether to go on, which exit code to answer.</summary>
/// <remarks>
/// docs/errors.md lists these and all others with what they say. An id is its own name, so that no two can be confused.
/// </remarks>
public static class ErrorIds
{
    /// <summary>See docs/errors.md.</summary>
    public const string AzureNotLoaded = nameof(AzureNotLoaded);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchAccessDenied = nameof(BatchAccessDenied);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchBeingDeleted = nameof(BatchBeingDeleted);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchBusy = nameof(BatchBusy);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchDirectoryMissing = nameof(BatchDirectoryMissing);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchIdInUse = nameof(BatchIdInUse);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchNotFound = nameof(BatchNotFound);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchSignInFailed = nameof(BatchSignInFailed);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchTimeout = nameof(BatchTimeout);

    /// <summary>See docs/errors.md.</summary>
    public const string BatchUnreachable = nameof(BatchUnreachable);

    /// <summary>See docs/errors.md.</summary>
    public const string CoreQuotaReached = nameof(CoreQuotaReached);

    /// <summary>See docs/errors.md.</summary>
    public const string InvalidJobId = nameof(InvalidJobId);

    /// <summary>See docs/errors.md.</summary>
    public const string JobBeingSubmitted = nameof(JobBeingSubmitted);

    /// <summary>See docs/errors.md.</summary>
    public const string JobDirectoryLocked = nameof(JobDirectoryLocked);

    /// <summary>See docs/errors.md.</summary>
    public const string JobIdInUse = nameof(JobIdInUse);

    /// <summary>See docs/errors.md.</summary>
    public const string JobIsRunning = nameof(JobIsRunning);

    /// <summary>See docs/errors.md.</summary>
    public const string JobNotCompleted = nameof(JobNotCompleted);

    /// <summary>See docs/errors.md.</summary>
    public const string JobNotFound = nameof(JobNotFound);

    /// <summary>See docs/errors.md.</summary>
    public const string JobQuotaReached = nameof(JobQuotaReached);

    /// <summary>See docs/errors.md.</summary>
    public const string JobRecordDamaged = nameof(JobRecordDamaged);

    /// <summary>See docs/errors.md.</summary>
    public const string JobRecordUnreadable = nameof(JobRecordUnreadable);

    /// <summary>See docs/errors.md.</summary>
    public const string JobStillRunning = nameof(JobStillRunning);

    /// <summary>See docs/errors.md.</summary>
    public const string NotAPlanFile = nameof(NotAPlanFile);

    /// <summary>See docs/errors.md.</summary>
    public const string PlanDamaged = nameof(PlanDamaged);

    /// <summary>See docs/errors.md.</summary>
    public const string PlanInputsMissing = nameof(PlanInputsMissing);

    /// <summary>See docs/errors.md.</summary>
    public const string PlanNotFound = nameof(PlanNotFound);

    /// <summary>See docs/errors.md.</summary>
    public const string PlanVersion = nameof(PlanVersion);

    /// <summary>See docs/errors.md.</summary>
    public const string PoolBeingDeleted = nameof(PoolBeingDeleted);

    /// <summary>See docs/errors.md.</summary>
    public const string PoolInUse = nameof(PoolInUse);

    /// <summary>See docs/errors.md.</summary>
    public const string PoolQuotaReached = nameof(PoolQuotaReached);

    /// <summary>See docs/errors.md.</summary>
    public const string ResultsMissing = nameof(ResultsMissing);

    /// <summary>See docs/errors.md.</summary>
    public const string ResultsNotReceived = nameof(ResultsNotReceived);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageAccessDenied = nameof(StorageAccessDenied);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageBlobChanged = nameof(StorageBlobChanged);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageBlobExists = nameof(StorageBlobExists);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageBlobLeased = nameof(StorageBlobLeased);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageBlobNotFound = nameof(StorageBlobNotFound);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageBusy = nameof(StorageBusy);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageContainerBeingDeleted = nameof(StorageContainerBeingDeleted);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageContainerNotFound = nameof(StorageContainerNotFound);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageFileMissing = nameof(StorageFileMissing);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageNotFound = nameof(StorageNotFound);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageSignInFailed = nameof(StorageSignInFailed);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageTextTooLong = nameof(StorageTextTooLong);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageTimeout = nameof(StorageTimeout);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageUnexpectedAnswer = nameof(StorageUnexpectedAnswer);

    /// <summary>See docs/errors.md.</summary>
    public const string StorageUnreachable = nameof(StorageUnreachable);

    /// <summary>See docs/errors.md.</summary>
    public const string TaskNotFailed = nameof(TaskNotFailed);

    /// <summary>See docs/errors.md.</summary>
    public const string TaskNotFound = nameof(TaskNotFound);

    /// <summary>See docs/errors.md.</summary>
    public const string TasksFailed = nameof(TasksFailed);

    /// <summary>See docs/errors.md.</summary>
    public const string UnknownBackend = nameof(UnknownBackend);

    /// <summary>See docs/errors.md.</summary>
    public const string WorkerNotFound = nameof(WorkerNotFound);
}
