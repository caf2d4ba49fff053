namespace SparseSC.Batch.Jobs;

/// <summary>The parts of a job that are to be removed. Nothing that is not asked for is touched.</summary>
public sealed class BatchJobRemoval
{
    /// <summary>The job's record with its tasks and logs.</summary>
    public bool Job { get; set; } = true;

    /// <summary>The batch directory on this machine, with plan and results.</summary>
    public bool BatchDirectory { get; set; }

    /// <summary>The storage container with inputs, results and logs; nothing on backends without one.</summary>
    public bool Container { get; set; }

    /// <summary>The pool; nothing on backends without one.</summary>
    public bool Pool { get; set; }

    /// <summary>Removes a container even when it holds results that were not received.</summary>
    public bool Force { get; set; }

    /// <summary>The batch directory the results were received into; <c>null</c> takes the one the job was started from.</summary>
    public string? ReceivedInto { get; set; }
}
