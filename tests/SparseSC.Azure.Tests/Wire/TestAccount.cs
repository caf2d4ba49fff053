using SparseSC.Azure.Batch;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Tests.Wire;

/// <summary>An account on loopback.</summary>
internal static class TestAccount
{
    public const string Name = "testbatch";
    public static readonly string Key = Convert.ToBase64String("a key that opens nothing"u8);

    /// <summary>A client that does not wait long between attempts.</summary>
    public static BatchClient Client(LoopbackServer server, Action<BatchClientOptions>? configure = null)
    {
        BatchClientOptions options = new();
        options.Retry.Delay = TimeSpan.FromMilliseconds(5);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(20);
        configure?.Invoke(options);
        return new BatchClient(server.Endpoint, new BatchSharedKeyCredential(Name, Key), options);
    }

    /// <summary>What the service does first: it signs what arrived, and compares.</summary>
    public static void AssertSigned(WireRequest request)
    {
        string text = SharedKeySignature.StringToSign(request.Method, Name, request.PathAndQuery, request.Headers);
        Assert.Equal($"SharedKey {Name}:{SharedKeySignature.Sign(text, Convert.FromBase64String(Key))}", request.Header("Authorization"));
        Assert.InRange(DateTimeOffset.Parse(request.Header("ocp-date")!), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }
}
