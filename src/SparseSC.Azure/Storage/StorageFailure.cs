using System.Text.Json;
using System.Xml;
using Azure;
using Azure.Identity;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Says what went wrong at Azure Storage, where, and what to do.</summary>
/// <remarks>
/// The library's exceptions are not kept inside ours: an answer to a signed request can quote the signature, and their text is the
/// whole answer. The service's code and the request's id are what its support asks for.
/// </remarks>
internal static class StorageFailure
{
    private static readonly TimeSpan SkewTolerated = TimeSpan.FromMinutes(15);

    public static BatchJobException Of(Exception error, string action, StorageSubject subject) => error switch
    {
        RequestFailedException { Status: > 0 } refused => Refused(refused, action, subject),
        AuthenticationFailedException failed => new BatchJobException(
            ErrorIds.StorageSignInFailed, $"Azure Storage cannot {action} {subject}: no token was given. {failed.Message}"),
        OperationCanceledException => new BatchJobException(
            ErrorIds.StorageTimeout, $"Azure Storage did not {action} {subject} in time, several attempts included. Check the connection and try again."),
        JsonException or XmlException => new BatchJobException(
            ErrorIds.StorageUnexpectedAnswer,
            $"Azure Storage cannot {action} {subject}: the answer is not the service's. Something between this machine and the service, such as a proxy, may have answered instead; or the endpoint is another service's."),
        AggregateException several when several.InnerExceptions.LastOrDefault() is { } last and not AggregateException => Of(last, action, subject),
        _ => new BatchJobException(
            ErrorIds.StorageUnreachable,
            $"Azure Storage cannot {action} {subject}: it cannot be reached ({Innermost(error)}). Check the account's name or endpoint and the network, proxy and firewall of this machine."),
    };

    private static BatchJobException Refused(RequestFailedException error, string action, StorageSubject subject)
    {
        (string errorId, string wayOut) = Remedy(error, subject);
        string request = error.GetRawResponse()?.Headers.RequestId is { Length: > 0 } id ? $", request {id}" : "";
        return new BatchJobException(errorId, $"Azure Storage cannot {action} {subject} ({error.Status} {error.ErrorCode ?? "without a code"}{request}). {wayOut}");
    }

    private static (string ErrorId, string WayOut) Remedy(RequestFailedException error, StorageSubject subject) => (error.Status, error.ErrorCode) switch
    {
        (_, "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions") => (
            ErrorIds.StorageAccessDenied,
            $"Who is signed in needs the role 'Storage Blob Data Contributor' on the storage account '{subject.Account}'; a new role counts after up to 10 minutes."),
        (_, "KeyBasedAuthenticationNotPermitted") => (
            "StorageKeyForbidden", "The account forbids keys. Leave the key and the connection string away and sign in with Microsoft Entra ID."),
        (_, "AuthorizationFailure") => (
            ErrorIds.StorageAccessDenied, "The account's firewall may shut this network out, or the key or role may not allow this: look at the account's Networking and Access control."),
        (_, "AuthenticationFailed" or "InvalidAuthenticationInfo" or "NoAuthenticationInformation") or (401, _) => (
            ErrorIds.StorageSignInFailed,
            $"The key or token is not, or no longer, valid for this account, or this machine's clock is off by more than {SkewTolerated.TotalMinutes:0} minutes. Check the account's name, copy the key again or sign in again."),
        (403, _) => (ErrorIds.StorageAccessDenied, "Look at the account's Networking and Access control."),
        (_, "ContainerNotFound") => (ErrorIds.StorageContainerNotFound, "It was deleted or never made. Check {ContainerName}, or start the job again."),
        (_, "ContainerBeingDeleted") => (ErrorIds.StorageContainerBeingDeleted, "It is being deleted, which takes half a minute or longer. Try again later, or choose another {ContainerName}."),
        (_, "BlobNotFound" or "ResourceNotFound") => (ErrorIds.StorageBlobNotFound, "It was deleted or never written."),
        (_, "BlobAlreadyExists") => (ErrorIds.StorageBlobExists, "It is there already. Read it, or write under another name."),
        (412, "LeaseIdMissing" or "LeaseIdMismatchWithBlobOperation") => (ErrorIds.StorageBlobLeased, "Somebody holds a lease on it. Break the lease, or wait until it ends."),
        (412, _) => (ErrorIds.StorageBlobChanged, "It changed since it was read. Read it again."),
        (_, "InvalidBlockList") => (ErrorIds.StorageBlobChanged, "Somebody else uploaded the same blob at the same time. Try again."),
        (404, _) => (ErrorIds.StorageNotFound, "Check the account's name and endpoint."),
        (429 or 500 or 503, _) => (ErrorIds.StorageBusy, "The service is busy or has a problem, and several attempts did not help. Try again in a minute."),
        _ => ("StorageRequestFailed", "Look the code up among the error codes of Azure Blob Storage."),
    };

    // A lost connection is told by the last of the exceptions around it, and such texts hold host names but never an address with a signature.
    private static string Innermost(Exception error)
    {
        Exception at = error;
        while (at.InnerException is { } inner)
        {
            at = inner;
        }

        return at.Message.TrimEnd('.');
    }
}
