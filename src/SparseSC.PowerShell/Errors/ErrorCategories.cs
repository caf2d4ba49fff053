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
        "InvalidJobId" or "UnknownBackend" => ErrorCategory.InvalidArgument,
        "JobNotFound" or "TaskNotFound" or "WorkerNotFound" or "PlanInputsMissing" or "BatchDirectoryMissing" or "BatchNotFound" or "StorageNotFound"
            or "StorageBlobNotFound" or "StorageContainerNotFound" or "StorageFileMissing" => ErrorCategory.ObjectNotFound,
        "JobIdInUse" or "BatchIdInUse" or "StorageBlobExists" => ErrorCategory.ResourceExists,
        "JobIsRunning" or "JobDirectoryLocked" or "JobBeingSubmitted" or "PoolInUse" or "PoolBeingDeleted" or "BatchBusy"
            or "BatchBeingDeleted" or "StorageBusy" or "StorageContainerBeingDeleted" or "StorageBlobLeased" => ErrorCategory.ResourceBusy,
        "ResultsMissing" or "TasksFailed" or "ResultsNotReceived" or "JobNotCompleted" => ErrorCategory.ResourceUnavailable,
        "BatchSignInFailed" or "StorageSignInFailed" => ErrorCategory.AuthenticationError,
        "BatchAccessDenied" or "StorageAccessDenied" => ErrorCategory.PermissionDenied,
        "BatchUnreachable" or "StorageUnreachable" => ErrorCategory.ConnectionError,
        "BatchTimeout" or "StorageTimeout" or "JobStillRunning" => ErrorCategory.OperationTimeout,
        "JobQuotaReached" or "PoolQuotaReached" or "CoreQuotaReached" => ErrorCategory.QuotaExceeded,
        "JobRecordDamaged" or "JobRecordUnreadable" or "StorageUnexpectedAnswer" => ErrorCategory.InvalidData,
        "AzureNotLoaded" => ErrorCategory.NotInstalled,
        _ => otherwise,
    };
}
