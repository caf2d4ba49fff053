namespace SparseSC.Azure.Jobs;

/// <summary>What a backend is put together from.</summary>
internal sealed record AzureBackendParts
{
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan LongestPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    public required IJobRecords Records { get; init; }

    public required IJobSubmission Submission { get; init; }

    public required IJobObserver Observer { get; init; }

    public required IResultCollector Collector { get; init; }

    public required ITaskRestart Restart { get; init; }

    public required IJobStop Stop { get; init; }

    public required IJobCleanup Cleanup { get; init; }

    public required IConfigProbe Probe { get; init; }
}
