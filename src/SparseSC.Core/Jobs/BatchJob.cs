namespace SparseSC.Core.Jobs;

/// <summary>A batch job as it stood when it was looked at.</summary>
public sealed class BatchJob
{
    /// <summary>The job's id, by which any session finds it again.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it is doing.</summary>
    public BatchJobState State { get; set; }

    /// <summary>Full path of the batch directory.</summary>
    public string BatchDirectory { get; set; } = "";

    /// <summary>SHA-256 of the plan, hex.</summary>
    public string PlanHash { get; set; } = "";

    /// <summary>Number of tasks of the plan.</summary>
    public int Tasks { get; set; }

    /// <summary>Tasks with a valid result.</summary>
    public int Done { get; set; }

    /// <summary>Tasks being computed.</summary>
    public int Running { get; set; }

    /// <summary>Tasks whose last run failed.</summary>
    public int Failed { get; set; }

    /// <summary>Whether the job's workers belong to the process that looked, and end with it.</summary>
    public bool EndsWithThisSession { get; set; }

    /// <summary>When the job was first started.</summary>
    public DateTimeOffset Created { get; set; }

    /// <summary>What there is to say about the state, in words; empty when the state says it all.</summary>
    public string Message { get; set; } = "";

    /// <summary>The backend's settings, so that the next command needs only the job.</summary>
    public BatchConfig? Config { get; set; }

    /// <summary>Tasks without a valid result.</summary>
    public int Left => Tasks - Done;

    /// <summary>Whether nothing will change any more unless the job is started again.</summary>
    public bool IsFinished => State != BatchJobState.Running;
}
