using System.Text.Json.Nodes;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>What a node runs before it takes tasks.</summary>
internal static class StartTaskRun
{
    /// <summary>Runs the pool's start task on a node, with its retries; a node of a pool without one is ready already.</summary>
    public static async Task RunAsync(Account account, Scheduler scheduler, NodeResource node)
    {
        if (node.Pool.Spec["startTask"] is not JsonObject spec)
        {
            return;
        }

        await Task.Yield();
        bool waits = (bool?)spec["waitForSuccess"] ?? true;
        int retries = (int?)spec["maxTaskRetryCount"] ?? 0;
        DateTime start = DateTime.UtcNow;
        Work work = new(spec, Path.Combine(node.Root, "startup"), TaskEnvironment.ForStartTask(account, node, spec), AttemptFault.None);
        lock (account.Gate)
        {
            if (node.State == "starting")
            {
                node.Enter(waits ? "waitingforstarttask" : "idle");
            }

            node.StartTaskInfo = new JsonObject { ["state"] = "running", ["startTime"] = Resource.Time(start), ["retryCount"] = 0 };
            scheduler.Wake();
        }

        RunControl control = new();
        Outcome outcome = await AttemptRunner.RunAsync(work, control);
        int tried = 0;
        while (outcome.MayRetry && (retries < 0 || tried < retries))
        {
            tried++;
            outcome = await AttemptRunner.RunAsync(work, control);
        }

        lock (account.Gate)
        {
            node.StartTaskInfo = Info(start, outcome, tried);
            if (node.State == "waitingforstarttask")
            {
                node.Enter(outcome.Failure is null ? "idle" : "starttaskfailed");
                scheduler.Wake();
            }
        }
    }

    private static JsonObject Info(DateTime start, Outcome outcome, int retries)
    {
        JsonObject info = new()
        {
            ["state"] = "completed",
            ["startTime"] = Resource.Time(start),
            ["endTime"] = Resource.Time(outcome.EndTime),
            ["retryCount"] = retries,
            ["result"] = outcome.Failure is null ? "success" : "failure",
        };
        if (outcome.ExitCode is { } code)
        {
            info["exitCode"] = code;
        }

        if (outcome.Failure is { } failure)
        {
            info["failureInfo"] = failure.Render();
        }

        return info;
    }
}
