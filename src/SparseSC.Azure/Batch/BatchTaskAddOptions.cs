namespace SparseSC.Azure.Batch;

/// <summary>How a collection of tasks is added.</summary>
internal sealed record BatchTaskAddOptions
{
    /// <summary>The most requests under way at once, at least 1.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one request has to be under way.");
    } = 8;

    /// <summary>How often a task is sent again that the service failed at, 0 or more.</summary>
    public int MaxServerErrorRetries
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A number of retries is not negative.");
    } = 5;

    /// <summary>The pause before the first such retry; each further one is twice as long, up to 30 seconds.</summary>
    public TimeSpan ServerErrorDelay
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A pause is not negative.");
    } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a task that was in the job before counts as added, as when a submission is taken up again.</summary>
    public bool AcceptExisting { get; init; }

    /// <summary>Hears how many tasks are settled so far.</summary>
    public IProgress<int>? Progress { get; init; }
}
