using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>A batch job as it stood when it was looked at.</summary>
public sealed class BatchJob : ISpellable
{
    /// <summary>The job's id, by which any session finds it again.</summary>
    public string Id { get; set; } = "";

    /// <summary>The state of the job.</summary>
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

    /// <summary>When it came to its end; <c>null</c> while it has not, or where that is not known.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>The pool it runs on; <c>null</c> on backends without pools.</summary>
    public string? PoolId { get; set; }

    /// <summary>Machines that can run its tasks now; <c>null</c> where that is not known.</summary>
    public int? Nodes { get; set; }

    /// <summary>The storage container of its inputs and results; <c>null</c> on backends without one.</summary>
    public string? ContainerName { get; set; }

    /// <summary>An explanation of the state, in words; empty when the state says it all.</summary>
    public string Message { get; set; } = "";

    /// <summary>Whether <see cref="Message"/> tells of something that keeps the job from getting on and that somebody may have to see to, as a quota.</summary>
    public bool NeedsAttention { get; set; }

    /// <summary>The backend's settings, so that the next command needs only the job.</summary>
    public BatchConfig? Config { get; set; }

    /// <summary>Tasks without a valid result.</summary>
    public int Left => Tasks - Done;

    /// <summary>Whether nothing will change any more unless the job is started again.</summary>
    public bool IsFinished => State != BatchJobState.Running;

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Message = spell(Message);
}
