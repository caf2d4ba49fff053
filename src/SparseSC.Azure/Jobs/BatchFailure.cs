using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>Says what went wrong at the Batch service, and what to do.</summary>
/// <remarks>
/// The library's exceptions are not kept inside ours: their text is the whole answer, which can quote a signed address. The service's
/// code, its sentence and the request's id are what its support asks for.
/// </remarks>
internal static partial class BatchFailure
{
    private const string RequestIdHeader = "request-id";

    public static BatchJobException Of(Exception error, string action, string? jobId) => error switch
    {
        RequestFailedException { Status: > 0 } refused => Refused(refused, action, jobId),
        AuthenticationFailedException failed => new BatchJobException(
            ErrorIds.BatchSignInFailed, $"Azure Batch cannot {action}: no token was given. {Redact(failed.Message)}", jobId),
        OperationCanceledException => new BatchJobException(
            ErrorIds.BatchTimeout, $"Azure Batch did not {action} in time, several attempts included. Check the connection and try again.", jobId),
        AggregateException several when several.InnerExceptions.LastOrDefault() is { } last and not AggregateException => Of(last, action, jobId),
        _ => new BatchJobException(
            ErrorIds.BatchUnreachable,
            $"Azure Batch cannot {action}: it cannot be reached ({Innermost(error)}). Check {{BatchAccountEndpoint}} and the network, proxy and firewall of this machine.",
            jobId),
    };

    /// <summary>Takes signatures out of a text of the service.</summary>
    public static string Redact(string text) => Signature().Replace(text, "$1…");

    private static BatchJobException Refused(RequestFailedException error, string action, string? jobId)
    {
        (string errorId, string wayOut) = Remedy(error);
        string request = error.GetRawResponse()?.Headers.TryGetValue(RequestIdHeader, out string? id) == true ? $", request {id}" : "";
        string details = Details(error);
        return new BatchJobException(
            errorId, $"Azure Batch cannot {action} ({error.Status} {error.ErrorCode ?? "without a code"}{request}). {details}{wayOut}", jobId);
    }

    private static (string ErrorId, string WayOut) Remedy(RequestFailedException error) => (error.Status, error.ErrorCode) switch
    {
        (_, "AuthenticationFailed" or "InvalidAuthenticationInfo" or "UnauthorizedSharedKeyAccess") or (401, _) => (
            ErrorIds.BatchSignInFailed,
            "The key or token is not valid for this account, the account forbids keys, or this machine's clock is off by more than 15 minutes. Check {BatchAccountName} and {BatchAccountEndpoint}, copy the key again, or sign in."),
        (_, "PermissionDenied" or "AuthorizationFailure" or "InsufficientAccountPermissions") or (403, _) => (
            ErrorIds.BatchAccessDenied,
            "Who is signed in needs the role 'Azure Batch Data Contributor' on the Batch account (a new role counts after up to 10 minutes), and the account's firewall has to let this network in."),
        (_, "ActiveJobAndScheduleQuotaReached") => (
            ErrorIds.JobQuotaReached, "The account has as many active jobs as it may. Stop or remove jobs that are not needed any more, or ask for a higher quota in the portal."),
        (_, "PoolQuotaReached") => (
            ErrorIds.PoolQuotaReached, "The account has as many pools as it may. Remove one, use an existing one by {PoolId}, or ask for a higher quota in the portal."),
        (_, "AccountCoreQuotaReached" or "AccountLowPriorityCoreQuotaReached" or "AccountSpotCoreQuotaReached" or "AccountVMSeriesCoreQuotaReached") => (
            ErrorIds.CoreQuotaReached, "The account has as many cores as it may. Take a smaller {VmSize} or fewer nodes, or ask for a higher quota in the portal."),
        (_, "JobBeingDeleted" or "PoolBeingDeleted") => (ErrorIds.BatchBeingDeleted, "It is being deleted, and its id is not free until that has finished. Try again in a few minutes, or take another id."),
        (_, "JobExists" or "PoolExists") => (ErrorIds.BatchIdInUse, "The id is taken. Take another one."),
        (404, "JobNotFound" or "PoolNotFound" or "TaskNotFound" or "NodeNotFound" or "FileNotFound" or "ResourceNotFound") => (ErrorIds.BatchNotFound, "It was removed or never made."),
        (404, _) => (ErrorIds.BatchNotFound, "Check {BatchAccountEndpoint}: what answers there may not be the Batch service."),
        (400, _) => ("BatchRequestRefused", "Change the setting it names."),
        (413, _) or (_, "RequestBodyTooLarge" or "RequestEntityTooLarge") => ("BatchRequestTooLarge", "The request is larger than the service takes."),
        (429 or 500 or 503, _) => (ErrorIds.BatchBusy, "The service is busy or has a problem, and several attempts did not help. Try again in a minute."),
        _ => ("BatchRequestFailed", "Look the code up among the error codes of the Azure Batch service."),
    };

    // The first line is the service's sentence; what follows repeats code, headers and the whole body.
    private static string Details(RequestFailedException error)
    {
        string sentence = error.Message.Split('\n')[0].Trim().TrimEnd('.');
        string property = Value(error, "PropertyName");
        string[] shown = property.Contains("password", StringComparison.OrdinalIgnoreCase) ? ["PropertyName", "Reason"] : ["PropertyName", "PropertyValue", "Reason"];
        string[] values = [.. shown.Select(name => Value(error, name)).Where(value => value.Length > 0)];
        return $"{Redact(sentence)}{(values.Length > 0 ? $" ({Redact(string.Join(": ", values))})" : "")}. ";
    }

    private static string Value(RequestFailedException error, string name) => error.Data[name]?.ToString() ?? "";

    private static string Innermost(Exception error)
    {
        Exception at = error;
        while (at.InnerException is { } inner)
        {
            at = inner;
        }

        return Redact(at.Message.TrimEnd('.'));
    }

    [GeneratedRegex(@"((?:sig|se|skoid|sktid|code|token)=)[^&\s""']+", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}
