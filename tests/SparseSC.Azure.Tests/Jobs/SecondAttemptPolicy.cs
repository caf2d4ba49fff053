using Azure.Core;
using Azure.Core.Pipeline;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Holds back the second attempt of a kind of request until something has happened.</summary>
/// <param name="method">The method of the requests.</param>
/// <param name="wait">Ends when the second attempt may go on.</param>
internal sealed class SecondAttemptPolicy(string method, Func<Task> wait) : HttpPipelinePolicy
{
    /// <summary>How many attempts there were.</summary>
    public int Attempts { get; private set; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("All calls are asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Method.Method == method && ++Attempts == 2)
        {
            await wait();
        }

        await ProcessNextAsync(message, pipeline);
    }
}
