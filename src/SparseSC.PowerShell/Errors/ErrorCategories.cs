using System.Management.Automation;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Errors;

/// <summary>The category of an error, by its id: scripts tell by it whether trying again helps.</summary>
internal static class ErrorCategories
{
    public static ErrorCategory Of(SparseSCException error) => error switch
    {
        InvalidInputException => ErrorCategory.InvalidArgument,
        ConvergenceException => ErrorCategory.LimitsExceeded,
        SingularSystemException => ErrorCategory.InvalidResult,
        _ => Of(error.ErrorId, error is BatchPlanException ? ErrorCategory.InvalidData : ErrorCategory.InvalidOperation),
    };

    private static ErrorCategory Of(string errorId, ErrorCategory otherwise) => errorId switch
    {
        ErrorIds.InvalidJobId or ErrorIds.UnknownBackend => ErrorCategory.InvalidArgument,
        ErrorIds.JobNotFound or ErrorIds.TaskNotFound or ErrorIds.WorkerNotFound or ErrorIds.PlanInputsMissing or ErrorIds.BatchDirectoryMissing or ErrorIds.BatchNotFound or ErrorIds.StorageNotFound
            or ErrorIds.StorageBlobNotFound or ErrorIds.StorageContainerNotFound or ErrorIds.StorageFileMissing => ErrorCategory.ObjectNotFound,
        ErrorIds.JobIdInUse or ErrorIds.BatchIdInUse or ErrorIds.StorageBlobExists => ErrorCategory.ResourceExists,
        ErrorIds.JobIsRunning or ErrorIds.JobDirectoryLocked or ErrorIds.JobBeingSubmitted or ErrorIds.PoolInUse or ErrorIds.PoolBeingDeleted or ErrorIds.BatchBusy
            or ErrorIds.BatchBeingDeleted or ErrorIds.StorageBusy or ErrorIds.StorageContainerBeingDeleted or ErrorIds.StorageBlobLeased => ErrorCategory.ResourceBusy,
        ErrorIds.ResultsMissing or ErrorIds.TasksFailed or ErrorIds.ResultsNotReceived or ErrorIds.JobNotCompleted => ErrorCategory.ResourceUnavailable,
        ErrorIds.BatchSignInFailed or ErrorIds.StorageSignInFailed => ErrorCategory.AuthenticationError,
        ErrorIds.BatchAccessDenied or ErrorIds.StorageAccessDenied => ErrorCategory.PermissionDenied,
        ErrorIds.BatchUnreachable or ErrorIds.StorageUnreachable => ErrorCategory.ConnectionError,
        ErrorIds.BatchTimeout or ErrorIds.StorageTimeout or ErrorIds.JobStillRunning => ErrorCategory.OperationTimeout,
        ErrorIds.JobQuotaReached or ErrorIds.PoolQuotaReached or ErrorIds.CoreQuotaReached => ErrorCategory.QuotaExceeded,
        ErrorIds.JobRecordDamaged or ErrorIds.JobRecordUnreadable or ErrorIds.StorageUnexpectedAnswer => ErrorCategory.InvalidData,
        ErrorIds.AzureNotLoaded => ErrorCategory.NotInstalled,
        _ => otherwise,
    };
}
