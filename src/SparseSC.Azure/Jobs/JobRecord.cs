namespace SparseSC.Azure.Jobs;

/// <summary>What is kept about a job in storage, so that its id and the configuration are enough to find it from anywhere. No secrets.</summary>
/// <remarks>
/// A job is one record and one or more runs; each run is a job of the Batch service, because a job that has come to its end takes no
/// tasks any more. The record outlives them: finished jobs of the service may be deleted to keep its quota free.
/// </remarks>
internal sealed record JobRecord
{
    public required string Id { get; init; }

    /// <summary>SHA-256 of the plan, hex.</summary>
    public required string PlanHash { get; init; }

    /// <summary>Tasks of the plan.</summary>
    public required int Tasks { get; init; }

    /// <summary>The batch directory as it was called where the job was started; another machine may not have it.</summary>
    public required string BatchDirectory { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The container of inputs and results.</summary>
    public required string Container { get; init; }

    /// <summary>The pool; <c>null</c> when each run has one of its own that dies with it.</summary>
    public string? PoolId { get; init; }

    /// <summary>Whether the pool was made for this job, and not found.</summary>
    public bool MadePool { get; init; }

    /// <summary>Whether the last task of a run makes the final fit.</summary>
    public bool MergeOnNode { get; init; }

    /// <summary>When it was stopped on request and not started again since.</summary>
    public DateTimeOffset? Stopped { get; init; }

    /// <summary>Jobs of the service, the latest last; see <see cref="JobLayout.RunId"/>.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];
}
