using System.Collections.Concurrent;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>How work that runs off the pipeline thread gets things done on it: only that thread may write to the pipeline or run script.</summary>
internal sealed class PipelinePort
{
    private readonly BlockingCollection<Action> _requests;

    private PipelinePort(BlockingCollection<Action> requests, CancellationToken stopping)
    {
        _requests = requests;
        Stopping = stopping;
    }

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Asks for <paramref name="action"/> on the pipeline thread and does not wait for it.</summary>
    public void Post(Action action) => _requests.Add(action, CancellationToken.None);

    /// <summary>Has <paramref name="function"/> run on the pipeline thread and returns what it returns.</summary>
    public T Invoke<T>(Func<T> function)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                answer.SetResult(function());
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to the thread that asked.
            catch (Exception error)
            {
                answer.SetException(error);
            }
#pragma warning restore CA1031
        });
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Starts <paramref name="work"/> on another thread and serves its requests on this one until it is over.</summary>
    /// <remarks>The work is awaited in every case, also when a request fails because the pipeline is being stopped.</remarks>
    public static T Run<T>(Func<PipelinePort, Task<T>> work, CancellationTokenSource stop)
    {
        using BlockingCollection<Action> requests = [];
        PipelinePort port = new(requests, stop.Token);
        Task<T> task = Task.Run(async () =>
        {
            try
            {
                return await work(port).ConfigureAwait(false);
            }
            finally
            {
                requests.CompleteAdding();
            }
        });

        System.Runtime.ExceptionServices.ExceptionDispatchInfo? fault = null;
        foreach (Action request in requests.GetConsumingEnumerable(CancellationToken.None))
        {
            try
            {
                request();
            }
#pragma warning disable CA1031 // It is thrown again as soon as the work has come to its end.
            catch (Exception error)
            {
                fault ??= System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(error);
                stop.Cancel();
            }
#pragma warning restore CA1031
        }

        try
        {
            T result = task.GetAwaiter().GetResult();
            fault?.Throw();
            return result;
        }
        catch (OperationCanceledException) when (fault is not null)
        {
            fault.Throw();
            throw;
        }
    }
}
