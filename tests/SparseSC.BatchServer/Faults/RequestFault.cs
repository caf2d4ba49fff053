using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Faults;

/// <summary>What goes wrong with one request.</summary>
internal sealed record RequestFault
{
    public static RequestFault None { get; } = new();

    public TimeSpan Delay { get; init; }

    /// <summary>The connection breaks and nothing was done.</summary>
    public bool DropBefore { get; init; }

    /// <summary>The connection breaks after everything was done: the client cannot know.</summary>
    public bool DropAfter { get; init; }

    public ServiceException? Error { get; init; }

    public int? RetryAfter { get; init; }
}
