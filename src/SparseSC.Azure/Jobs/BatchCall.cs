using System.Runtime.CompilerServices;
using Azure;
using Azure.Identity;

namespace SparseSC.Azure.Jobs;

/// <summary>Makes calls of the Batch service, and turns what they throw into errors of ours.</summary>
internal static class BatchCall
{
    /// <param name="action">What is done, as it continues "Azure Batch cannot": <c>create the job 'x'</c>.</param>
    /// <param name="call">Talks to the service and does nothing else.</param>
    /// <param name="cancellationToken">The token that the call was given: only by it do we tell a timeout from being cancelled.</param>
    /// <param name="jobId">The job that errors name; <c>null</c> for none in particular.</param>
    /// <exception cref="Core.Errors.BatchJobException">The call failed.</exception>
    public static async Task<T> RunAsync<T>(string action, Func<Task<T>> call, CancellationToken cancellationToken, string? jobId = null)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            throw BatchFailure.Of(error, action, jobId);
        }
    }

    /// <summary>The same for a list, page by page.</summary>
    public static async IAsyncEnumerable<T> ListAsync<T>(
        string action, AsyncPageable<T> list, [EnumeratorCancellation] CancellationToken cancellationToken, string? jobId = null)
        where T : notnull
    {
        IAsyncEnumerator<T> items = list.GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable closing = items.ConfigureAwait(false);
        while (await RunAsync(action, () => items.MoveNextAsync().AsTask(), cancellationToken, jobId).ConfigureAwait(false))
        {
            yield return items.Current;
        }
    }

    /// <summary>The same for something that may not be there.</summary>
    /// <returns>What was found; <c>null</c> when the service says there is no such thing.</returns>
    public static Task<T?> FindAsync<T>(string action, Func<Task<Response<T>>> call, CancellationToken cancellationToken, string? jobId = null)
        where T : class =>
        RunAsync(
            action,
            async () =>
            {
                try
                {
                    return (await call().ConfigureAwait(false)).Value;
                }
                catch (RequestFailedException error) when (IsGone(error))
                {
                    return null;
                }
            },
            cancellationToken,
            jobId);

    /// <summary>Asks for something to go away; that it is gone or going is as good.</summary>
    /// <returns>Whether there was something to ask for.</returns>
    public static Task<bool> EndAsync(string action, Func<Task<Response>> call, CancellationToken cancellationToken, string? jobId = null) =>
        RunAsync(
            action,
            async () =>
            {
                try
                {
                    await call().ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException error) when (IsGone(error) || IsGoing(error))
                {
                    return false;
                }
            },
            cancellationToken,
            jobId);

    // A 404 from something between us and the service has no code of the service's.
    private static bool IsGone(RequestFailedException error) =>
        error.Status == 404 && error.ErrorCode is "JobNotFound" or "PoolNotFound" or "TaskNotFound" or "NodeNotFound" or "FileNotFound" or "ResourceNotFound";

    private static bool IsGoing(RequestFailedException error) =>
        error.ErrorCode is "JobBeingDeleted" or "PoolBeingDeleted" or "JobCompleted" or "JobTerminating" or "JobBeingTerminated";

    // Retries end in an AggregateException of what happened each time; a stream that breaks off ends in an IOException.
    private static bool IsFailure(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && error is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException or IOException or HttpRequestException;
}
