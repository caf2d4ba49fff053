using SparseSC.Azure.Jobs.Pools;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>The entry of a run in the record of its job, from which other sessions see that the run is being submitted.</summary>
internal static class RunEntry
{
    /// <summary>The record with one more run on the pool of the settings.</summary>
    /// <param name="record">The record as it stands.</param>
    /// <param name="config">The settings.</param>
    /// <param name="done">Tasks of the plan that have a result, as <c>0-19,25</c>.</param>
    /// <param name="pool">The pool chosen; <c>null</c> when there is nothing to run, and no run is added.</param>
    /// <param name="submitter">The session that submits.</param>
    public static JobRecord Add(JobRecord record, AzureBatchConfig config, string done, PoolChoice? pool, Submitter submitter)
    {
        // A pool that an earlier run of this job made stays one that goes with the job.
        bool madeBefore = record.MadePool && record.PoolId == config.PoolId;
        return record with
        {
            DoneBefore = done,
            PoolId = config.PoolId,
            MadePool = madeBefore || (pool is { Existing: null } && config.PoolId is not null),
            Stopped = null,
            Submitting = submitter.Began,
            Submitter = submitter,
            Runs = pool is null ? WithOwnResults(record, config, submitter) : [.. record.Runs, Next(record, config, submitter)],
        };
    }

    // Whoever was cut off may wake up and take its results back: its run keeps its name, and they lie where only this submission writes.
    private static IReadOnlyList<JobRun> WithOwnResults(JobRecord record, AzureBatchConfig config, Submitter submitter) =>
        record is { IsAbandoned: true, Runs.Count: > 0 }
            ? [.. record.Runs.SkipLast(1), record.Runs[^1] with { Container = JobLayout.OutputsContainer(config, submitter.Id) }]
            : record.Runs;

    private static JobRun Next(JobRecord record, AzureBatchConfig config, Submitter submitter) =>
        new(JobLayout.RunId(record.Id, record.Runs.Count + 1), JobLayout.OutputsContainer(config, submitter.Id));
}
