using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>How jobs are disabled, ended and deleted. Callers hold the account's lock.</summary>
internal sealed class JobLifecycle(Account account, Scheduler scheduler)
{
    // A deletion takes its time with the service too, and the job's id is not free before.
    private static readonly TimeSpan Deletion = TimeSpan.FromMilliseconds(300);

    /// <summary>Terminates a job whose tasks are all completed, when it asked for that. No tasks at all count as completed.</summary>
    public void CompleteIfDone(JobResource job)
    {
        if (!job.IsOver && job.EndsWithItsTasks && job.Running == 0 && job.Ready.Count == 0 && job.Waiting.Count == 0)
        {
            Terminate(job, "AllTasksCompleted");
        }
    }

    /// <summary>Ends what runs; active tasks stay active and never start.</summary>
    public void Terminate(JobResource job, string reason)
    {
        job.Enter("terminating");
        job.TerminateReason = reason;
        TaskResource[] running = [.. job.Tasks.Values.Where(task => task.Attempt is not null)];
        foreach (TaskResource task in running)
        {
            scheduler.Terminate(task);
        }

        _ = CompleteAsync(job, running);
    }

    /// <param name="job">The job.</param>
    /// <param name="running">What becomes of running tasks: requeue, terminate or wait.</param>
    public void Disable(JobResource job, string running)
    {
        job.Enter("disabling");
        TaskResource[] tasks = [.. job.Tasks.Values.Where(task => task.Attempt is not null)];
        foreach (TaskResource task in tasks)
        {
            if (running.Is("requeue"))
            {
                Scheduler.Requeue(task, EndReason.Terminated);
            }
            else if (running.Is("terminate"))
            {
                scheduler.Terminate(task);
            }
        }

        _ = DisabledAsync(job, tasks);
    }

    public void Enable(JobResource job)
    {
        job.Enter("active");
        scheduler.Wake();
    }

    public void Delete(JobResource job)
    {
        job.Enter("deleting");
        TaskResource[] running = [.. job.Tasks.Values.Where(task => task.Attempt is not null)];
        foreach (TaskResource task in running)
        {
            Scheduler.Detach(task, EndReason.Terminated);
        }

        _ = DeleteAsync(job, running);
    }

    /// <summary>Ends the job when its own time limit is over.</summary>
    public async Task LimitAsync(JobResource job, TimeSpan limit)
    {
        await Task.Delay(limit);
        lock (account.Gate)
        {
            if (!job.IsOver)
            {
                Terminate(job, "MaxWallClockTimeExpiry");
            }
        }
    }

    /// <exception cref="ServiceException">The job takes no more of this.</exception>
    public static void CheckNotOver(JobResource job)
    {
        switch (job.State)
        {
            case "deleting":
                throw ServiceException.Conflict("JobBeingDeleted", "The specified job has been marked for deletion and is being garbage collected.");
            case "terminating":
                throw ServiceException.Conflict("JobBeingTerminated", "The specified job is being terminated.");
            case "completed":
                throw ServiceException.Conflict("JobCompleted", "The specified job is already in a completed state.");
        }
    }

    private static Task Runs(TaskResource[] tasks) => Task.WhenAll(tasks.Select(task => task.LastRun));

    private async Task CompleteAsync(JobResource job, TaskResource[] running)
    {
        await Runs(running);
        await Task.Yield();
        await ReleaseAsync(job);
        lock (account.Gate)
        {
            if (job.State == "terminating")
            {
                job.EndTime = DateTime.UtcNow;
                job.Enter("completed");
                RemoveOwnPool(job);
            }
        }
    }

    private Task ReleaseAsync(JobResource job)
    {
        lock (account.Gate)
        {
            return scheduler.JobNodes.ReleaseAsync(job);
        }
    }

    private async Task DisabledAsync(JobResource job, TaskResource[] running)
    {
        await Runs(running);
        await Task.Yield();
        lock (account.Gate)
        {
            if (job.State == "disabling")
            {
                job.Enter("disabled");
            }
        }
    }

    private async Task DeleteAsync(JobResource job, TaskResource[] running)
    {
        await Runs(running);
        await Task.Delay(Deletion);
        await ReleaseAsync(job);
        lock (account.Gate)
        {
            RemoveOwnPool(job);
            foreach (TaskResource task in job.Tasks.Values)
            {
                NodeFolder.Remove(task.FullRoot);
            }

            foreach (JobNodeRun run in job.NodeRuns)
            {
                NodeFolder.Remove(Path.Combine(run.Node.Root, "workitems", job.Id));
            }

            account.Jobs.Remove(job.Id);
        }
    }

    private void RemoveOwnPool(JobResource job)
    {
        if (account.Pools.TryGetValue(job.PoolId, out PoolResource? pool) && pool.Owner == job && pool.State != "deleting"
            && !((bool?)job.Spec["poolInfo"]?["autoPoolSpecification"]?["keepAlive"] ?? false))
        {
            scheduler.Pools.Delete(pool);
        }
    }
}
