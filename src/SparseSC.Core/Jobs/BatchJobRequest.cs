namespace SparseSC.Core.Jobs;

/// <summary>How a job is to be started.</summary>
public sealed class BatchJobRequest
{
    /// <summary>The id; <c>null</c> takes up the plan's existing job, or makes an id when there is none.</summary>
    public string? JobId { get; set; }

    /// <summary>Whether the job goes on when the caller ends.</summary>
    public bool Detach { get; set; }
}
