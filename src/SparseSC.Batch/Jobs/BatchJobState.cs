namespace SparseSC.Batch.Jobs;

/// <summary>The state of a batch job.</summary>
public enum BatchJobState : long
{
    /// <summary>Workers are computing tasks.</summary>
    Running,

    /// <summary>Every task has a valid result.</summary>
    Completed,

    /// <summary>Nothing runs any more and every task left has failed.</summary>
    Failed,

    /// <summary>The job was stopped on request; starting it again computes only what is missing.</summary>
    Stopped,

    /// <summary>The workers are gone and tasks are left; starting it again computes only what is missing.</summary>
    Interrupted,
}
