using System.Text.Json.Serialization;

namespace SparseSC.Azure.Jobs;

/// <summary>The record of a job in storage, by which its id and the configuration are enough to find it from anywhere. No secrets.</summary>
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

    /// <summary>
    /// How many tasks each step of the plan has that waits for the one before it: scores and choices in turn. None when all run in any order.
    /// </summary>
    public IReadOnlyList<int> Steps { get; init; } = [];

    /// <summary>The batch directory as it was called where the job was started; another machine may not have it.</summary>
    public required string BatchDirectory { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The folder of the plan's files in the container of inputs. No other job reads from it.</summary>
    public required string Inputs { get; init; }

    /// <summary>The pool; <c>null</c> when each run has one of its own that dies with it.</summary>
    public string? PoolId { get; init; }

    /// <summary>Whether the pool was made for this job, and not found.</summary>
    public bool MadePool { get; init; }

    /// <summary>Whether the last task of a run makes the final fit.</summary>
    public bool MergeOnNode { get; init; }

    /// <summary>The worker's SHA-256, hex, by which its blob is named; <c>null</c> when the worker is in the container image.</summary>
    public string? WorkerSha256 { get; init; }

    /// <summary>Plan tasks whose results were there before the latest run, as <c>0-19,25</c>; it does not compute them.</summary>
    public string DoneBefore { get; init; } = "";

    /// <summary>Since when the latest run is being submitted; <c>null</c> once it has all its tasks.</summary>
    public DateTimeOffset? Submitting { get; init; }

    /// <summary>Who is submitting it; <c>null</c> once it has all its tasks.</summary>
    public Submitter? Submitter { get; init; }

    /// <summary>Whether the submission's claim was being renewed when the record was read; see <see cref="Submit.SubmissionClaim"/>.</summary>
    [JsonIgnore]
    public bool IsClaimed { get; init; }

    /// <summary>Whether a submission was begun that nobody is at any more.</summary>
    [JsonIgnore]
    public bool IsAbandoned => Submitting is not null && (!IsClaimed || Submitter?.IsGone == true);

    /// <summary>Whether somebody is submitting a run just now.</summary>
    [JsonIgnore]
    public bool IsBeingSubmitted => Submitting is not null && !IsAbandoned;

    /// <summary>When it was stopped on request and not started again since.</summary>
    public DateTimeOffset? Stopped { get; init; }

    /// <summary>When the results were removed from storage on request; <c>null</c> while they are kept.</summary>
    public DateTimeOffset? ResultsRemoved { get; init; }

    /// <summary>The runs, the latest last.</summary>
    public IReadOnlyList<JobRun> Runs { get; init; } = [];

    /// <summary>The run of an id of the service; <c>null</c> when it is none of this job's.</summary>
    public JobRun? FindRun(string batchJobId) => Runs.FirstOrDefault(run => run.Id == batchJobId);
}
