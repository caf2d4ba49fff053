using System.Collections.Concurrent;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Tells a job's state from its record, the processes that live and the results that exist.</summary>
internal sealed class JobInspector(JobStore store, LocalBatchConfig config)
{
    // Loading a plan checks the sums of its files, which is too much to do at every look.
    private readonly ConcurrentDictionary<(string Directory, string Hash), BatchPlan> _plans = new();

    /// <summary>The plan of a job.</summary>
    /// <exception cref="BatchPlanException">The batch directory is gone, damaged, or holds another plan now.</exception>
    public BatchPlan PlanOf(JobRecord record) => _plans.GetOrAdd((record.BatchDirectory, record.PlanHash), key => LoadPlan(key.Directory, key.Hash));

    public static BatchPlan LoadPlan(string directory, string hash)
    {
        BatchPlan plan = BatchPlans.Load(directory);
        return plan.Hash == hash
            ? plan
            : throw new BatchPlanException("PlanMismatch", $"'{directory}' holds another plan than the job was started for ({plan.Hash[..8]}…, not {hash[..8]}…).");
    }

    public BatchJob Look(JobRecord record)
    {
        // Processes first: a worker that ends between the two looks has then left its results for the second.
        int alive = record.AliveWorkers();
        if (alive == 0)
        {
            OwnedWorkers.Release(store.FolderOf(record.Id));
        }

        BatchJob job = new()
        {
            Id = record.Id,
            BatchDirectory = record.BatchDirectory,
            PlanHash = record.PlanHash,
            Tasks = record.Tasks,
            EndsWithThisSession = alive > 0 && OwnedWorkers.Holds(store.FolderOf(record.Id)),
            Created = record.Created,
            Config = config,
        };
        try
        {
            BatchPlan plan = PlanOf(record);
            Describe(job, record, plan.GetStatus(), plan.Steps, alive);
        }
        catch (Exception error) when (error is BatchPlanException or IOException or UnauthorizedAccessException)
        {
            job.State = alive > 0 ? BatchJobState.Running : BatchJobState.Failed;
            job.Running = alive;
            job.Message = error.Message;
        }

        return job;
    }

    private void Describe(BatchJob job, JobRecord record, PlanStatus status, IReadOnlyList<TaskRange> steps, int alive)
    {
        job.Done = status.Done.Length;
        job.Failed = status.Failed.Length;
        job.State = StateOf(record, status, steps, alive);
        job.Running = job.State == BatchJobState.Running ? Math.Min(alive, job.Left) : 0;
        job.Message = job.State switch
        {
            BatchJobState.Failed => $"{job.Failed} of {job.Tasks} tasks failed; task {status.Failed[0].Task}: {status.Failed[0].Message} Start the job again to try only these.",
            BatchJobState.Stopped => $"{job.Left} of {job.Tasks} tasks are left. Start the job again to compute only these.",
            BatchJobState.Interrupted => $"The workers are gone and {job.Left} of {job.Tasks} tasks are left. Start the job again to compute only these.{Reason(record)}",
            _ => "",
        };
    }

    private static BatchJobState StateOf(JobRecord record, PlanStatus status, IReadOnlyList<TaskRange> steps, int alive)
    {
        if (status.IsComplete)
        {
            return BatchJobState.Completed;
        }

        if (alive > 0)
        {
            return BatchJobState.Running;
        }

        if (record.Stopped is not null)
        {
            return BatchJobState.Stopped;
        }

        // What waits for a task that failed is left for the same reason.
        HashSet<int> failed = [.. status.Failed.Select(failure => failure.Task)];
        return failed.Count > 0 && Array.TrueForAll(status.Missing, task => failed.Contains(task) || TaskRange.IsBefore(steps, failed.Min(), task))
            ? BatchJobState.Failed
            : BatchJobState.Interrupted;
    }

    private string Reason(JobRecord record)
    {
        if (record.Machine != Environment.MachineName)
        {
            return $" (They were started on '{record.Machine}' and cannot be seen from '{Environment.MachineName}'.)";
        }

        string? lastWords = WorkerLog.LastLine(store.FolderOf(record.Id));
        return WorkerStartError.Of(lastWords) is string why ? $" The worker cannot run here. {why}"
            : lastWords is null ? ""
            : $" A worker's last words: {lastWords}";
    }
}
