namespace SparseSC.Batch.Jobs;

/// <summary>What starting a job came to.</summary>
public enum BatchJobStartOutcome : long
{
    /// <summary>A new job was started.</summary>
    Started,

    /// <summary>An existing job was started again for the tasks it had left.</summary>
    Resumed,

    /// <summary>The job was running already; nothing was started.</summary>
    AlreadyRunning,

    /// <summary>Every task had a valid result already; nothing was started.</summary>
    NothingLeft,
}

/// <summary>A job after an attempt to start it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Outcome">What was done.</param>
public sealed record BatchJobStart(BatchJob Job, BatchJobStartOutcome Outcome);
