using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>Gives tasks to nodes and takes in how they end. Callers hold the account's lock.</summary>
internal sealed class Scheduler
{
    private readonly Account _account;
    private readonly AttemptRunner _runner;

    public Scheduler(Account account, AttemptRunner runner)
    {
        _account = account;
        _runner = runner;
        Jobs = new JobLifecycle(account, this);
        Pools = new PoolLifecycle(account, this);
        JobNodes = new JobNodeTasks(account, this, runner);
    }

    public JobLifecycle Jobs { get; }

    public PoolLifecycle Pools { get; }

    public JobNodeTasks JobNodes { get; }

    /// <summary>Puts a new or reactivated task where it belongs.</summary>
    public static void Enqueue(TaskResource task, bool first = false)
    {
        task.Enter("active");
        if (!Dependencies.Satisfied(task))
        {
            task.Job.Waiting.Add(task);
        }
        else if (first)
        {
            task.Job.Ready.AddFirst(task);
        }
        else
        {
            task.Job.Ready.AddLast(task);
        }
    }

    /// <summary>Starts whatever can start.</summary>
    public void Wake()
    {
        IEnumerable<JobResource> jobs = _account.Jobs.Values
            .Where(job => job.State == "active" && job.Ready.Count > 0)
            .OrderByDescending(job => job.Priority)
            .ThenBy(job => job.Sequence);
        foreach (JobResource job in jobs.ToArray())
        {
            if (_account.Pools.TryGetValue(job.PoolId, out PoolResource? pool) && pool.State == "active")
            {
                Assign(job, pool);
            }
        }
    }

    /// <summary>Gives up the task's run, if it has one; the run ends by itself some time later.</summary>
    public static void Detach(TaskResource task, EndReason reason)
    {
        if (task.Attempt is { } attempt)
        {
            attempt.End(reason);
            task.Attempt = null;
            task.Job.Running--;
        }
    }

    /// <summary>Ends a task that is not completed yet, by a request.</summary>
    public void Terminate(TaskResource task)
    {
        Detach(task, EndReason.Terminated);
        task.Job.Ready.Remove(task);
        task.Job.Waiting.Remove(task);
        Complete(task, Outcome.Failed(FailedIn.Command, Failure.Ended("The task was ended by user request")));
    }

    /// <summary>Takes a running task off its node and puts it back into the queue, at the front.</summary>
    public static void Requeue(TaskResource task, EndReason reason)
    {
        Detach(task, reason);
        task.Node = null;
        task.StartTime = null;
        task.RequeueCount++;
        task.LastRequeueTime = DateTime.UtcNow;
        Enqueue(task, first: true);
    }

    private void Assign(JobResource job, PoolResource pool)
    {
        JobNodes.Prepare(job, pool);
        LinkedListNode<TaskResource>? entry = job.Ready.First;
        while (entry is not null && job.Running < job.MaxParallelTasks)
        {
            LinkedListNode<TaskResource>? next = entry.Next;
            NodeResource? node = Pick(job, pool, entry.Value.Slots);
            if (node is not null)
            {
                job.Ready.Remove(entry);
                Start(entry.Value, node);
            }
            else if (!pool.Nodes.Any(candidate => candidate.FreeSlots > 0 && JobNodeTasks.LetsTasksStart(job, candidate)))
            {
                return;
            }

            entry = next;
        }
    }

    private static NodeResource? Pick(JobResource job, PoolResource pool, int slots)
    {
        IEnumerable<NodeResource> fitting = pool.Nodes.Where(node => node.FreeSlots >= slots && JobNodeTasks.LetsTasksStart(job, node));
        return pool.Fills ? fitting.MinBy(node => node.FreeSlots) : fitting.MaxBy(node => node.FreeSlots);
    }

    private void Start(TaskResource task, NodeResource node)
    {
        Attempt attempt = new(task, node, _runner.FaultOf(task.Id));
        task.Attempt = attempt;
        task.Node = node;
        task.StartTime = DateTime.UtcNow;
        task.Outcome = null;
        task.ContainerId = task.Spec["containerSettings"] is not null && node.Pool.HasContainers ? Guid.NewGuid().ToString("N") : null;
        task.Job.Running++;
        task.Enter("running");
        node.Attempts.Add(attempt);
        if (task.Job.RunOn(node) is { } preparation)
        {
            preparation.HasRunTasks = true;
        }

        node.TasksRun++;
        node.Remember(task);
        node.Refresh();
        Task earlier = task.LastRun;
        task.LastRun = Task.Run(() => RunAsync(attempt, earlier));
        if (attempt.Fault.PreemptedAfter is { } after)
        {
            _ = PreemptAsync(attempt, after);
        }
    }

    private async Task RunAsync(Attempt attempt, Task earlier)
    {
        // A run that was given up may still be using the task's directory.
        await earlier;
        TaskResource task = attempt.Task;
        Work work = new(task.Spec, Path.Combine(attempt.Node.Root, "workitems", task.Job.Id, "job-1", task.Id),
            TaskEnvironment.ForJob(_account, task.Job, task.Id, task.Spec, attempt.Node), attempt.Fault)
        {
            HasContainers = attempt.Node.Pool.HasContainers,
            Disk = attempt.Node.Disk,
            Storage = _account.Storage,
        };
        Outcome outcome = await AttemptRunner.RunAsync(work, attempt);
        attempt.Node.Disk.Keep(work.Directory);
        lock (_account.Gate)
        {
            Finish(attempt, outcome);
        }
    }

    private void Finish(Attempt attempt, Outcome outcome)
    {
        TaskResource task = attempt.Task;
        attempt.Node.Attempts.Remove(attempt);
        if (task.Attempt == attempt)
        {
            task.Attempt = null;
            task.Job.Running--;
            task.Outcome = outcome;
            if (outcome.MayRetry && (task.MaxRetries < 0 || task.RetryCount < task.MaxRetries))
            {
                task.RetryCount++;
                task.LastRetryTime = DateTime.UtcNow;
                Enqueue(task, first: true);
            }
            else
            {
                attempt.Node.TasksSucceeded += outcome.Failure is null ? 1 : 0;
                Complete(task, outcome);
            }
        }

        attempt.Node.Refresh();
        Pools.Drained(attempt.Node);
        Wake();
    }

    private void Complete(TaskResource task, Outcome outcome)
    {
        JobResource job = task.Job;
        task.Outcome = outcome;
        task.Enter("completed");
        _ = Retention.WatchAsync(_account, task);
        foreach (TaskResource waiting in job.Waiting.Where(Dependencies.Satisfied).OrderBy(waiting => waiting.Sequence).ToArray())
        {
            job.Waiting.Remove(waiting);
            job.Ready.AddLast(waiting);
        }

        if (job.IsOver)
        {
            return;
        }

        switch (ExitRules.JobAction(task))
        {
            case "terminate":
                Jobs.Terminate(job, "TaskFailed");
                break;
            case "disable":
                Jobs.Disable(job, "requeue");
                break;
        }

        Jobs.CompleteIfDone(job);
    }

    private async Task PreemptAsync(Attempt attempt, TimeSpan after)
    {
        // Never at once: the caller is still handing out tasks.
        await Task.Delay(after);
        await Task.Yield();
        lock (_account.Gate)
        {
            // The task may have been quicker than its misfortune.
            if (attempt.Task.Attempt == attempt)
            {
                Pools.Preempt(attempt.Node, attempt.Fault.NodeBackAfter);
            }
        }
    }
}
