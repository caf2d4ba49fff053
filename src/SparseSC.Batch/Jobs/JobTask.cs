using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>The state of a task of a job.</summary>
public enum JobTaskState : long
{
    /// <summary>The task waits for a place to run, or for tasks it depends on.</summary>
    Waiting,

    /// <summary>The task runs, or its files are being fetched.</summary>
    Running,

    /// <summary>The task is over and its results are there.</summary>
    Completed,

    /// <summary>The task is over and failed.</summary>
    Failed,
}

/// <summary>One task of a job: one or more tasks of the plan, run together.</summary>
public sealed class JobTask : ISpellable
{
    /// <summary>The job's id.</summary>
    public string JobId { get; set; } = "";

    /// <summary>The task's id within the job.</summary>
    public string Id { get; set; } = "";

    /// <summary>The state of the task.</summary>
    public JobTaskState State { get; set; }

    /// <summary>The plan's tasks it computes, as <c>0-19,25</c>; empty for a task that merges.</summary>
    public string PlanTasks { get; set; } = "";

    /// <summary>The folds these belong to.</summary>
    public int[] Folds { get; set; } = [];

    /// <summary>The indices of their penalties.</summary>
    public int[] Penalties { get; set; } = [];

    /// <summary>The node it runs or ran on; <c>null</c> before it had one.</summary>
    public string? Node { get; set; }

    /// <summary>Exit code of the last run; <c>null</c> while there is none.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Start of the last run.</summary>
    public DateTimeOffset? Started { get; set; }

    /// <summary>End of the last run.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>Duration of the last run, up to now when it still runs.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>How often it ran again after a failure.</summary>
    public int Retries { get; set; }

    /// <summary>How often it was put back into the queue, as after a lost node.</summary>
    public int Requeues { get; set; }

    /// <summary>The cause of trouble and the way out, in words; empty when all is well.</summary>
    public string Diagnosis { get; set; } = "";

    /// <summary>The configuration, so that the next command needs only this object.</summary>
    public BatchConfig? Config { get; set; }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Diagnosis = spell(Diagnosis);
}
