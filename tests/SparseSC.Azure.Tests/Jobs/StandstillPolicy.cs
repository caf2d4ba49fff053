using Azure.Core;
using Azure.Core.Pipeline;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Holds every request of a client back from some moment on, as if its process had been suspended, until it is let go on.</summary>
/// <param name="method">The method of the first request that is held back; <c>null</c> to be told the moment by <see cref="StandStill"/>.</param>
internal sealed class StandstillPolicy(string? method = null) : HttpPipelinePolicy
{
    private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _standsStill;

    /// <summary>Done once the moment has come.</summary>
    public Task Reached => _reached.Task;

    public void StandStill()
    {
        _standsStill = true;
        _reached.TrySetResult();
    }

    public void WakeUp()
    {
        _standsStill = false;
        _awake.TrySetResult();
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("All calls are asynchronous.");

    // Like a process, it does not notice that it was cancelled before it wakes up.
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Method.Method == method && !_awake.Task.IsCompleted)
        {
            StandStill();
        }

        if (_standsStill)
        {
            await _awake.Task;
        }

        await ProcessNextAsync(message, pipeline);
    }
}
