using Azure.Core;
using Azure.Core.Pipeline;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Counts the requests of a client, and may be told before one goes out.</summary>
/// <param name="before">Told of each request; <c>null</c> for nobody.</param>
internal sealed class CountingPolicy(Action<Request>? before = null) : HttpPipelinePolicy
{
    private int _count;

    /// <summary>Requests so far, those that were sent again included.</summary>
    public int Count => Volatile.Read(ref _count);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("All calls are asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref _count);
        before?.Invoke(message.Request);
        message.CancellationToken.ThrowIfCancellationRequested();
        await ProcessNextAsync(message, pipeline);
    }
}
