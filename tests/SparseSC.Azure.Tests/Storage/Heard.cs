namespace SparseSC.Azure.Tests.Storage;

/// <summary>Progress that is heard at once, on the thread that made it.</summary>
internal sealed class Heard<T>(Action<T>? then = null) : IProgress<T>
{
    public List<T> All { get; } = [];

    public void Report(T value)
    {
        All.Add(value);
        then?.Invoke(value);
    }
}

/// <summary>A clock that stands.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
