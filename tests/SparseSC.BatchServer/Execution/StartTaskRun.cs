using System.Text.Json.Nodes;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>What a node runs before it takes tasks.</summary>
internal static class StartTaskRun
{
    /// <summary>Runs the pool's start task on a node, with its retries; a node of a pool without one is ready already.</summary>
    public static void Start(Account account, Scheduler scheduler, NodeResource node)
    {
        if (node.Pool.Spec["startTask"] is JsonObject spec)
        {
            RunControl control = new();
            node.StartTask = control;
            account.Track(control, RunAsync(account, scheduler, node, spec, control));
        }
    }

    private static async Task RunAsync(Account account, Scheduler scheduler, NodeResource node, JsonObject spec, RunControl control)
    {
        await Task.Yield();
        bool waits = (bool?)spec["waitForSuccess"] ?? true;
        Work work = new(spec, Path.Combine(node.Root, "startup"), TaskEnvironment.ForStartTask(account, node, spec), AttemptFault.None)
        {
            HasContainers = node.Pool.HasContainers,
            Disk = node.Disk,
            Storage = account.Storage,
        };
        lock (account.Gate)
        {
            if (node.State == "starting")
            {
                node.Enter(waits ? "waitingforstarttask" : "idle");
            }

            node.StartTaskInfo = NodeTaskRun.Running(DateTime.UtcNow);
            scheduler.Wake();
        }

        (JsonObject info, bool succeeded) = await NodeTaskRun.RunAsync(work, control, (int?)spec["maxTaskRetryCount"] ?? 0);
        lock (account.Gate)
        {
            if (node.StartTask != control || control.Reason != EndReason.None)
            {
                return;
            }

            node.StartTaskInfo = info;
            if (node.State == "waitingforstarttask")
            {
                node.Enter(succeeded ? "idle" : "starttaskfailed");
                scheduler.Wake();
            }
        }
    }
}
