using SparseSC.Batch.Jobs;

namespace SparseSC.PowerShell.Binding;

/// <summary>Tasks of a job as users name them: one task, or the job with all of its tasks.</summary>
public sealed class BatchTaskReference
{
    /// <summary>Refers to all tasks of a job by its id.</summary>
    public BatchTaskReference(string jobId)
        : this(jobId, null, null)
    {
    }

    /// <summary>Refers to one task of a job, or with no <paramref name="taskId"/> to all of them.</summary>
    public BatchTaskReference(string jobId, string? taskId, BatchConfig? config)
    {
        JobId = jobId;
        TaskId = taskId;
        Config = config;
    }

    /// <summary>The job's id.</summary>
    public string JobId { get; }

    /// <summary>The task's id; <c>null</c> for all tasks.</summary>
    public string? TaskId { get; }

    /// <summary>The configuration it came with, or <c>null</c>.</summary>
    public BatchConfig? Config { get; }

    /// <inheritdoc/>
    public override string ToString() => TaskId is null ? JobId : $"{JobId}/{TaskId}";
}
