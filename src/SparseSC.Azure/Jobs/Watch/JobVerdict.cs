using SparseSC.Azure.Batch;
using JobState = SparseSC.Batch.Jobs.BatchJobState;
using JobTaskState = SparseSC.Batch.Jobs.JobTaskState;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>The state of a job, judged by its record, its runs, tasks and pool.</summary>
/// <param name="State">The state.</param>
/// <param name="Message">What there is to say about it; empty when the state says it all.</param>
/// <param name="NeedsAttention">Whether that is something that somebody may have to see to, although the job is not over.</param>
internal sealed record JobVerdict(JobState State, string Message, bool NeedsAttention = false);

/// <summary>The evidence that a job is judged by.</summary>
internal sealed record JobEvidence
{
    public required JobRecord Record { get; init; }

    /// <summary>The runs as jobs of the service, the latest last; <c>null</c> for one that is gone.</summary>
    public required IReadOnlyList<BatchJob?> Runs { get; init; }

    public required TaskLedger Ledger { get; init; }

    public PoolTrouble? Pool { get; init; }

    /// <summary>The diagnosis of the first task that failed; empty when none has.</summary>
    public string FirstFailure { get; init; } = "";
}

/// <summary>Tells a job's state.</summary>
internal static class JobJudge
{
    public static bool IsLive(BatchJob? run) => run is { State: not (BatchJobState.Completed or BatchJobState.Deleting) };

    public static JobVerdict Judge(JobEvidence seen)
    {
        if (seen.Record.IsBeingSubmitted)
        {
            return new JobVerdict(JobState.Running, "The job is being submitted.");
        }

        BatchJob? live = seen.Runs.LastOrDefault(IsLive);
        return seen.Ledger.Left == 0 && seen.Record.Tasks > 0 ? AllDone(seen, live)
            : live is not null ? Live(seen, live)
            : Over(seen);
    }

    private static JobVerdict AllDone(JobEvidence seen, BatchJob? live)
    {
        RunTask? merge = seen.Ledger.Merge;
        if (!seen.Record.MergeOnNode || merge is null || merge.Succeeded)
        {
            return new JobVerdict(JobState.Completed, "");
        }

        if (!merge.IsOver && live is not null && seen.Pool?.IsLasting != true)
        {
            return new JobVerdict(
                JobState.Running,
                seen.Pool?.Message ?? "All tasks are done; the model is being merged on the pool.",
                seen.Pool?.NeedsAttention == true);
        }

        string why = merge.Failed ? TaskDiagnosis.Describe(merge.Task) : seen.Pool?.Message ?? "It was not run.";
        return new JobVerdict(
            JobState.Completed, $"The merge on the pool did not succeed, but all results are there and can be merged here. {why}");
    }

    private static JobVerdict Live(JobEvidence seen, BatchJob live)
    {
        if (live.State is BatchJobState.Disabled or BatchJobState.Disabling)
        {
            return new JobVerdict(
                JobState.Interrupted, $"The job '{live.Id}' was disabled in the Batch account. {Rest(seen)} Enable it there, or stop it and start it again.");
        }

        if (seen.Ledger.Running + seen.Ledger.Waiting > 0)
        {
            return seen.Pool is not { } pool ? new JobVerdict(JobState.Running, "")
                : new JobVerdict(pool.IsLasting ? JobState.Interrupted : JobState.Running, pool.Message, pool.NeedsAttention);
        }

        // A merge that runs although tasks failed is about to fail; whoever restarts them before that would not restart the merge.
        return seen.Ledger.Merge is { State: JobTaskState.Running }
            ? new JobVerdict(JobState.Running, "")
            : Over(seen);
    }

    private static JobVerdict Over(JobEvidence seen)
    {
        TaskLedger ledger = seen.Ledger;
        BatchJob? last = seen.Runs.Count == 0 ? null : seen.Runs[^1];
        if (seen.Record.Stopped is not null && !seen.Runs.Any(IsLive))
        {
            return new JobVerdict(JobState.Stopped, $"{Rest(seen)} Start the job again to compute only these.");
        }

        if (ledger.Failed == ledger.Left && ledger.Failed > 0 && !WasEnded(last))
        {
            string first = seen.FirstFailure.Length == 0 ? "" : $"{seen.FirstFailure} ";
            return new JobVerdict(
                JobState.Failed,
                $"{ledger.Failed} of {seen.Record.Tasks} tasks failed. {first}Restart the tasks that failed, or start the job again, to compute only these.");
        }

        return new JobVerdict(
            JobState.Interrupted, $"{Reason(seen, last)} {Rest(seen)} Start the job again to compute only these.{Because(seen)}");
    }

    private static string Reason(JobEvidence seen, BatchJob? last)
    {
        if (seen.Record.Submitting is not null || seen.Runs.Count == 0)
        {
            return "The submission was cut off.";
        }

        if (last is null or { State: BatchJobState.Deleting })
        {
            return $"The job '{seen.Record.Runs[^1].Id}' does not exist in the Batch account any more; it was deleted elsewhere.";
        }

        if (last.ExecutionInfo?.SchedulingError is { } error)
        {
            return SecretRedactor.Redact($"The job '{last.Id}' could not be started ({error.Code}: {error.Message?.TrimEnd('.')}).");
        }

        return last.ExecutionInfo?.TerminateReason switch
        {
            "MaxWallClockTimeExpiry" => $"The job '{last.Id}' was ended because its time ran out.",
            { } reason when WasEnded(last) => $"The job '{last.Id}' was ended ({reason}).",
            _ => $"The job '{last.Id}' is over.",
        };
    }

    // Tasks that ran when their job was ended count as failed, and are not to blame.
    private static bool WasEnded(BatchJob? run) => run?.ExecutionInfo?.TerminateReason is { Length: > 0 } and not "AllTasksCompleted";

    private static string Because(JobEvidence seen) => seen.FirstFailure.Length == 0 ? "" : $" A task that failed: {seen.FirstFailure}";

    private static string Rest(JobEvidence seen) => $"{seen.Ledger.Left} of {seen.Record.Tasks} tasks are left.";
}
