namespace SparseSC.Batch.Jobs;

/// <summary>The outcome of starting a job.</summary>
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
public sealed record BatchJobStart(BatchJob Job, BatchJobStartOutcome Outcome)
{
    /// <summary>A sentence on the outcome and one on the state of the job, because a job that was submitted need not run yet.</summary>
    /// <param name="job">How the surface names the job at the beginning of a sentence.</param>
    /// <param name="state">How it spells the job's state.</param>
    public string Describe(string job, string state)
    {
        string done = Outcome switch
        {
            BatchJobStartOutcome.AlreadyRunning => "is computing this plan already; it was not started twice",
            BatchJobStartOutcome.NothingLeft => "has a result for every task already; nothing was started",
            BatchJobStartOutcome.Resumed => $"goes on with the {Job.Left} of {Job.Tasks} tasks that it had left",
            _ => "was submitted",
        };
        string failed = Job.Failed > 0 ? $", {Job.Failed} failed" : "";
        return $"{job} {done}. It is {state}: {Job.Done} of {Job.Tasks} tasks are done, {Job.Running} run{failed}.";
    }
}
