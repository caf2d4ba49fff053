using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>How pools grow, shrink, lose nodes and go. Callers hold the account's lock.</summary>
internal sealed class PoolLifecycle(Account account, Scheduler scheduler)
{
    /// <summary>Adds and takes away nodes until there are as many as wanted.</summary>
    /// <param name="pool">The pool with its targets.</param>
    /// <param name="running">What becomes of tasks on nodes that go: requeue, terminate, taskcompletion or retaineddata.</param>
    public void Resize(PoolResource pool, string running = "requeue")
    {
        pool.ResizeErrors.Clear();
        Resize(pool, dedicated: true, pool.TargetDedicated, running);
        Resize(pool, dedicated: false, pool.TargetSpot, running);
        pool.Touch();
        scheduler.Wake();
    }

    public void Remove(NodeResource node, string running)
    {
        node.Enter("leavingpool");
        account.Lose(node);
        foreach (Attempt attempt in node.Attempts.ToArray())
        {
            if (attempt.Task.Attempt != attempt || running.Is("taskcompletion") || running.Is("retaineddata"))
            {
                continue;
            }

            if (running.Is("terminate"))
            {
                scheduler.Terminate(attempt.Task);
            }
            else
            {
                Scheduler.Requeue(attempt.Task, EndReason.Preempted);
            }
        }

        Drained(node);
        scheduler.Wake();
    }

    /// <summary>Takes a node away without warning; it comes back empty.</summary>
    public void Preempt(NodeResource node, TimeSpan back)
    {
        node.Enter("preempted");
        account.Lose(node);
        Attempt[] attempts = [.. node.Attempts];
        foreach (Attempt attempt in attempts.Where(attempt => attempt.Task.Attempt == attempt))
        {
            Scheduler.Requeue(attempt.Task, EndReason.Preempted);
        }

        _ = ReturnAsync(node, [.. attempts.Select(attempt => attempt.Task.LastRun)], back);
        scheduler.Wake();
    }

    public void Delete(PoolResource pool)
    {
        pool.Enter("deleting");
        foreach (NodeResource node in pool.Nodes.ToArray())
        {
            Remove(node, "requeue");
        }

        RemoveIfEmpty(pool);
    }

    /// <summary>Stops and starts a node again, or makes it anew.</summary>
    /// <param name="node">The node.</param>
    /// <param name="state">rebooting or reimaging.</param>
    /// <param name="running">What becomes of its tasks.</param>
    public void Restart(NodeResource node, string state, string running)
    {
        Attempt[] attempts = [.. node.Attempts];
        node.Enter(state);
        node.StartTask?.End(EndReason.Preempted);
        foreach (JobNodeRun run in account.Preparations(node))
        {
            if (state == "reimaging")
            {
                run.Lose();
            }
            else
            {
                run.Reboot();
            }
        }

        foreach (Attempt attempt in attempts.Where(attempt => attempt.Task.Attempt == attempt && !running.Is("taskcompletion")))
        {
            if (running.Is("terminate"))
            {
                scheduler.Terminate(attempt.Task);
            }
            else
            {
                Scheduler.Requeue(attempt.Task, EndReason.Preempted);
            }
        }

        _ = ReturnAsync(node, [.. attempts.Select(attempt => attempt.Task.LastRun)], TimeSpan.FromMilliseconds(200), wipe: state == "reimaging");
    }

    /// <summary>A leaving node goes for good when nothing runs on it any more.</summary>
    public void Drained(NodeResource node)
    {
        if (node.State == "leavingpool" && node.Attempts.Count == 0)
        {
            node.Pool.Nodes.Remove(node);
            node.Pool.AllocationTime = DateTime.UtcNow;
            NodeFolder.Remove(node.Root);
            RemoveIfEmpty(node.Pool);
        }
    }

    private void RemoveIfEmpty(PoolResource pool)
    {
        if (pool.State == "deleting" && pool.Nodes.Count == 0)
        {
            account.Pools.Remove(pool.Id);
        }
    }

    private void Resize(PoolResource pool, bool dedicated, int target, string running)
    {
        NodeResource[] nodes = [.. pool.Nodes.Where(node => node.IsDedicated == dedicated && node.State != "leavingpool")];
        int missing = Math.Max(0, target - nodes.Length);
        int allowed = CoreQuota.Allow(account, pool, dedicated, missing);
        if (allowed < missing)
        {
            bool isWantOfNodes = !dedicated && account.SpotNodesToBeHad is not null;
            pool.ResizeErrors.Add(isWantOfNodes ? CoreQuota.NoCapacity() : CoreQuota.Error(dedicated));
        }

        for (int added = 0; added < allowed; added++)
        {
            NodeResource node = account.AddNode(pool, dedicated);
            StartTaskRun.Start(account, scheduler, node);
        }

        foreach (NodeResource node in nodes.OrderBy(node => node.Attempts.Count).Take(Math.Max(0, nodes.Length - target)).ToArray())
        {
            Remove(node, running);
        }
    }

    private async Task ReturnAsync(NodeResource node, Task[] runs, TimeSpan after, bool wipe = true)
    {
        await Task.WhenAll(runs);
        await Task.Delay(after);
        lock (account.Gate)
        {
            // A resize or the pool's end may have come in between.
            if (node.State is "preempted" or "rebooting" or "reimaging")
            {
                if (wipe)
                {
                    NodeFolder.Remove(node.Root);
                    Directory.CreateDirectory(Path.Combine(node.Root, "shared"));
                }

                node.Enter(node.Pool.Spec["startTask"] is null ? "idle" : "starting");
                StartTaskRun.Start(account, scheduler, node);
                scheduler.Wake();
            }
        }
    }
}
