using System.Text.Json.Nodes;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>Prepares nodes for a job before its first task, and releases them when it ends. Callers hold the account's lock.</summary>
internal sealed class JobNodeTasks(Account account, Scheduler scheduler, AttemptRunner runner)
{
    /// <summary>Begins the preparation on nodes that tasks are about to come to.</summary>
    public void Prepare(JobResource job, PoolResource pool)
    {
        if (job.Spec["jobPreparationTask"] is not JsonObject spec)
        {
            return;
        }

        NodeResource[] free = [.. pool.Nodes.Where(node => node.FreeSlots > 0)];
        int ready = free.Count(node => job.RunOn(node) is { } run && (run.LetsTasksStart || run.Prepared is null));
        foreach (NodeResource node in free.Where(node => job.RunOn(node) is null).Take(Math.Max(0, job.Ready.Count - ready)))
        {
            JobNodeRun run = new(job, node) { Preparation = NodeTaskRun.Running(DateTime.UtcNow) };
            job.NodeRuns.Add(run);
            account.Track(run, PrepareAsync(job, run, spec));
        }
    }

    /// <summary>Whether a task of the job may start on the node.</summary>
    public static bool LetsTasksStart(JobResource job, NodeResource node) =>
        job.Spec["jobPreparationTask"] is null || job.RunOn(node) is { LetsTasksStart: true };

    /// <summary>Runs the release on every node where tasks of the job were, and ends preparations that still run.</summary>
    /// <returns>Ends with the last of them.</returns>
    public Task ReleaseAsync(JobResource job)
    {
        foreach (JobNodeRun run in job.NodeRuns.Where(run => run.Prepared is null))
        {
            run.End(EndReason.Terminated);
        }

        if (job.Spec["jobReleaseTask"] is not JsonObject spec)
        {
            return Task.CompletedTask;
        }

        JobNodeRun[] runs = [.. job.NodeRuns.Where(run => run is { IsLost: false, Release: null, Prepared: not null, HasRunTasks: true } && run.Node.Pool.Nodes.Contains(run.Node))];
        return Task.WhenAll(runs.Select(run => ReleaseAsync(job, run, spec)));
    }

    private async Task PrepareAsync(JobResource job, JobNodeRun run, JsonObject spec)
    {
        await Task.Yield();
        (JsonObject info, bool succeeded) = await NodeTaskRun.RunAsync(Work(job, run, spec, spec["constraints"]), run, (int?)spec["constraints"]?["maxTaskRetryCount"] ?? 0);
        lock (account.Gate)
        {
            run.Preparation = info;
            run.Prepared = succeeded;
            scheduler.Wake();
        }
    }

    private async Task ReleaseAsync(JobResource job, JobNodeRun run, JsonObject spec)
    {
        run.Release = NodeTaskRun.Running(DateTime.UtcNow);
        run.Release.Remove("retryCount");
        RunControl control = new();
        JsonObject limits = new() { ["maxWallClockTime"] = spec["maxWallClockTime"]?.DeepClone() ?? "PT15M" };
        Work work = Work(job, run, spec, limits);
        Task<(JsonObject Info, bool)> ending = Task.Run(() => NodeTaskRun.RunAsync(work, control, retries: 0));
        account.Track(control, ending);
        (JsonObject info, _) = await ending;
        info.Remove("retryCount");
        lock (account.Gate)
        {
            run.Release = info;
        }
    }

    private Work Work(JobResource job, JobNodeRun run, JsonObject spec, JsonNode? constraints)
    {
        string id = spec["id"]!.ToString();
        JsonObject limited = spec.DeepClone().AsObject();
        limited["constraints"] = constraints?.DeepClone();
        AttemptFault fault = runner.FaultOf(id);
        return new Work(limited, Path.Combine(run.Node.Root, "workitems", job.Id, "job-1", id), TaskEnvironment.ForJob(account, job, id, spec, run.Node), fault)
        {
            HasContainers = run.Node.Pool.HasContainers,
            Disk = run.Node.Disk,
            Storage = account.Storage,
        };
    }
}
