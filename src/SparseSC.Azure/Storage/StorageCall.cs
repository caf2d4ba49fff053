using System.Text.Json;
using System.Xml;
using Azure;
using Azure.Identity;

namespace SparseSC.Azure.Storage;

/// <summary>Makes calls of the library, and turns what they throw into errors of ours.</summary>
internal static class StorageCall
{
    /// <param name="action">What is done, as it continues "Azure Storage cannot": <c>upload</c>, <c>list</c>.</param>
    /// <param name="subject">What it is done to.</param>
    /// <param name="call">Talks to the service and does nothing else.</param>
    /// <param name="cancellationToken">The token that the call was given: only by it do we tell a timeout from being cancelled.</param>
    /// <exception cref="Core.Errors.BatchJobException">The call failed.</exception>
    public static async Task<T> RunAsync<T>(string action, StorageSubject subject, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            throw StorageFailure.Of(error, action, subject);
        }
    }

    // Retries end in an AggregateException of what happened each time, and a stream that breaks off ends in an IOException. An answer that
    // is not the service's, such as a proxy's, makes the library throw what its parsers throw.
    private static bool IsFailure(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && error is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException
            or IOException or HttpRequestException or JsonException or XmlException;
}
