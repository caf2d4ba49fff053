namespace SparseSC.BatchServer.Faults;

/// <summary>What goes wrong with one run of a task.</summary>
internal sealed record AttemptFault
{
    public static AttemptFault None { get; } = new();

    /// <summary>The system kills the process this long after its start; never when null.</summary>
    public TimeSpan? OutOfMemoryAfter { get; init; }

    /// <summary>The node is taken away this long after the run's start; never when null.</summary>
    public TimeSpan? PreemptedAfter { get; init; }

    public TimeSpan NodeBackAfter { get; init; }

    public bool DownloadRefused { get; init; }

    public bool UploadRefused { get; init; }

    public TimeSpan DiskDelay { get; init; }
}
