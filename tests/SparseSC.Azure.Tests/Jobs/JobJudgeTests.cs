using System.Text.Json;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Jobs.Watch;
using SparseSC.Batch.Jobs;
using BatchJob = SparseSC.Azure.Batch.BatchJob;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

public class JobJudgeTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T10:12:00Z");
    private static readonly JobRecord Record = new()
    {
        Id = "j", PlanHash = new string('a', 64), Tasks = 6, BatchDirectory = "/b", Created = Now.AddHours(-1), Inputs = "plans/s/", PoolId = "fits", Runs = [new JobRun("j", "c")],
    };

    [Fact]
    public void A_plans_task_is_counted_once_however_often_it_ran()
    {
        // Run 1: 0-1 done, 2-3 failed; run 2: 2-3 again, running; 4 was there before; 5 is in no run.
        TaskLedger ledger = Ledger([4], [], Task(1, "group-000000", "0-1", true), Task(1, "group-000001", "2-3", false), Task(2, "group-000001", "2-3", null));

        Assert.Equal((3, 2, 0, 0, 1), (ledger.Done, ledger.Running, ledger.Failed, ledger.Waiting, ledger.Unassigned));
        Assert.Equal([("group-000000", 1), ("group-000001", 2)], ledger.Current().Select(task => (ledger.NameOf(task), task.Run)));
        Assert.Equal([1, 2], ledger.RunsOf("GROUP-000001").Select(task => task.Run));
        Assert.Empty(ledger.FailedTasks);
    }

    [Fact]
    public void Results_beside_a_failure_in_the_same_group_count_as_done()
    {
        TaskLedger ledger = Ledger([], [2], Task(1, "group-000000", "0-1", true), Task(1, "group-000001", "2-5", false));

        Assert.Equal((3, 3), (ledger.Done, ledger.Failed));
        Assert.Equal("group-000001", Assert.Single(ledger.FailedTasks).Id);
    }

    [Fact]
    public void A_result_that_was_refused_and_is_computed_anew_is_not_done_yet()
    {
        TaskLedger ledger = Ledger([0, 1], [], Task(1, "group-000000", "0-5", true), Task(2, "group-000000", "2-5", null));

        Assert.Equal((2, 4), (ledger.Done, ledger.Running));
        Assert.Equal(6, Ledger([0, 1], [], Task(1, "group-000000", "0-5", true), Task(2, "group-000000", "2-5", true)).Done);
    }

    [Fact]
    public void A_failed_task_whose_work_others_took_over_is_not_shown()
    {
        TaskLedger ledger = Ledger([], [], Task(1, "group-000000", "0-5", false), Task(2, "group-000001", "0-2", true), Task(2, "group-000002", "3-5", false));

        Assert.Equal(["r2-group-000001", "r2-group-000002"], ledger.Current().Select(ledger.NameOf));
        Assert.Equal((3, 3), (ledger.Done, ledger.Failed));
    }

    [Fact]
    public void A_task_keeps_its_name_when_a_later_run_numbers_it_anew()
    {
        TaskLedger ledger = Ledger([], [], Task(1, "group-000000", "0-2", true), Task(1, "group-000001", "3-5", false), Task(2, "group-000000", "3-5", false));

        Assert.Equal(["group-000000", "group-000001"], ledger.Current().Select(ledger.NameOf));
        Assert.Equal([("j", "group-000001"), ("j_r2", "group-000000")], ledger.RunsOf("group-000001").Select(task => (task.BatchJobId, task.Id)));
        Assert.Empty(ledger.RunsOf("group-000002"));
    }

    [Fact]
    public void A_task_of_somebody_elses_hides_nothing()
    {
        TaskLedger ledger = Ledger([], [], Task(1, "group-000000", "0-5", true), Task(1, "mine", "backup of my disk", false));

        Assert.Equal(6, ledger.Done);
        Assert.Empty(ledger.FailedTasks);
        Assert.Equal(BatchJobState.Completed, Judge(ledger, "Active").State);
    }

    [Theory]
    [InlineData("Active")]
    [InlineData("Terminating")]
    [InlineData("Completed")]
    [InlineData(null)]
    public void A_job_with_all_results_is_complete_whatever_became_of_its_runs(string? state) =>
        Assert.Equal(new JobVerdict(BatchJobState.Completed, ""), Judge(Ledger([], [], Task(1, "g", "0-5", true)), state));

    [Fact]
    public void A_job_is_over_when_its_tasks_are_although_the_service_has_not_ended_it()
    {
        JobVerdict verdict = Judge(Ledger([], [], Task(1, "g", "0-4", true), Task(1, "h", "5", false)), "Active", with: seen => seen with { FirstFailure = "Task 'h': bad." });

        Assert.Equal(BatchJobState.Failed, verdict.State);
        Assert.Equal("1 of 6 tasks failed. Task 'h': bad. Restart the tasks that failed, or start the job again, to compute only these.", verdict.Message);
    }

    [Fact]
    public void A_merge_that_waits_for_failed_tasks_keeps_no_job_running()
    {
        TaskLedger ledger = Ledger([], [], Task(1, "g", "0-4", true), Task(1, "h", "5", false), Merge("Active"));

        Assert.Equal(BatchJobState.Failed, Judge(ledger, "Active", Record with { MergeOnNode = true }).State);
    }

    [Fact]
    public void A_merge_that_runs_although_tasks_failed_is_waited_for()
    {
        TaskLedger ledger = Ledger([], [], Task(1, "g", "0-4", true), Task(1, "h", "5", false), Merge("Running"));

        Assert.Equal(BatchJobState.Running, Judge(ledger, "Active", Record with { MergeOnNode = true }).State);
    }

    [Fact]
    public void A_merge_counts_until_it_is_over_and_its_failure_loses_nothing()
    {
        JobRecord merges = Record with { MergeOnNode = true };

        Assert.Equal(BatchJobState.Running, Judge(Ledger([], [], Task(1, "g", "0-5", true), Merge("Running")), "Active", merges).State);
        Assert.Equal(new JobVerdict(BatchJobState.Completed, ""), Judge(Ledger([], [], Task(1, "g", "0-5", true), Merge("Completed", "Success")), "Completed", merges));
        JobVerdict failed = Judge(Ledger([], [], Task(1, "g", "0-5", true), Merge("Completed", "Failure")), "Completed", merges);
        Assert.Equal(BatchJobState.Completed, failed.State);
        Assert.Contains("can be merged here", failed.Message, StringComparison.Ordinal);
        Assert.Equal(BatchJobState.Completed, Judge(Ledger([], [], Task(1, "g", "0-5", true), Merge("Active")), null, merges).State);
    }

    [Fact]
    public void Trouble_with_the_pool_is_told_and_ends_the_wait_only_when_it_lasts()
    {
        TaskLedger waiting = Ledger([], [], Task(1, "g", "0-5", null, "Active"));

        Assert.Equal(new JobVerdict(BatchJobState.Running, ""), Judge(waiting, "Active"));
        Assert.Equal(new JobVerdict(BatchJobState.Running, "Slow.", NeedsAttention: true), Judge(waiting, "Active", with: seen => seen with { Pool = new PoolTrouble("Slow.", false) }));
        Assert.Equal(
            new JobVerdict(BatchJobState.Running, "Starting."), Judge(waiting, "Active", with: seen => seen with { Pool = new PoolTrouble("Starting.", false, IsUsual: true) }));
        Assert.Equal(new JobVerdict(BatchJobState.Interrupted, "Gone.", NeedsAttention: true), Judge(waiting, "Active", with: seen => seen with { Pool = new PoolTrouble("Gone.", true) }));
    }

    [Fact]
    public void A_stopped_job_is_stopped_and_says_what_is_left()
    {
        TaskLedger ledger = Ledger([], [], Task(1, "g", "0-3", true), Task(1, "h", "4-5", false));

        Assert.Equal(new JobVerdict(BatchJobState.Stopped, "2 of 6 tasks are left. Start the job again to compute only these."), Judge(ledger, "Completed", Record with { Stopped = Now }));
    }

    [Theory]
    [InlineData("MaxWallClockTimeExpiry", "time ran out")]
    [InlineData("UserTerminate", "was ended (UserTerminate)")]
    public void A_job_that_somebody_ended_is_interrupted(string reason, string words)
    {
        TaskLedger ledger = Ledger([], [], Task(1, "g", "0-3", true), Task(1, "h", "4-5", null, "Active"));

        JobVerdict verdict = Judge(ledger, "Completed", reason: reason);

        Assert.Equal(BatchJobState.Interrupted, verdict.State);
        Assert.Contains(words, verdict.Message, StringComparison.Ordinal);
        Assert.Contains("2 of 6 tasks are left", verdict.Message, StringComparison.Ordinal);
        Assert.Equal(BatchJobState.Interrupted, Judge(Ledger([], [], Task(1, "g", "0-5", false)), "Completed", reason: reason).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Deleting")]
    public void A_job_deleted_elsewhere_is_interrupted(string? state)
    {
        JobVerdict verdict = Judge(Ledger([0, 1, 2], []), state);

        Assert.Equal(BatchJobState.Interrupted, verdict.State);
        Assert.Contains("'j' does not exist in the Batch account any more", verdict.Message, StringComparison.Ordinal);
        Assert.Contains("3 of 6 tasks are left", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disabled_job_does_not_keep_anyone_waiting() =>
        Assert.Equal(BatchJobState.Interrupted, Judge(Ledger([], [], Task(1, "g", "0-5", null, "Active")), "Disabled").State);

    [Fact]
    public void A_submission_underway_runs_and_one_that_was_cut_off_does_not()
    {
        TaskLedger some = Ledger([], [], Task(1, "g", "0-3", true));

        Assert.Equal(BatchJobState.Running, Judge(some, "Active", Submitting(isClaimed: true)).State);
        JobVerdict cut = Judge(some, "Active", Submitting(isClaimed: false));
        Assert.Equal(BatchJobState.Interrupted, cut.State);
        Assert.StartsWith("The submission was cut off. 2 of 6 tasks are left.", cut.Message, StringComparison.Ordinal);
        Assert.Equal(BatchJobState.Running, JobJudge.Judge(new JobEvidence { Record = Submitting(isClaimed: true) with { Runs = [] }, Runs = [], Ledger = Ledger([], []) }).State);
    }

    private static JobVerdict Judge(TaskLedger ledger, string? state, JobRecord? record = null, string? reason = null, Func<JobEvidence, JobEvidence>? with = null)
    {
        BatchJob? run = state is null ? null : Parse<BatchJob>($$"""{"id":"j","state":"{{state}}","executionInfo":{"poolId":"fits","terminateReason":"{{reason ?? "AllTasksCompleted"}}"} }""");
        JobEvidence seen = new() { Record = record ?? Record, Runs = [run], Ledger = ledger };
        return JobJudge.Judge(with is null ? seen : with(seen));
    }

    // On another machine, where nobody can see from here whether its process lives.
    private static JobRecord Submitting(bool isClaimed) =>
        Record with { Submitting = Now, Submitter = new Submitter("s", "elsewhere", null, Now), IsClaimed = isClaimed };

    private static TaskLedger Ledger(int[] before, int[] computed, params RunTask[] tasks) => new(6, before, tasks, computed);

    private static RunTask Task(int run, string id, string planTasks, bool? succeeded, string state = "Running")
    {
        string execution = succeeded is null ? "{}" : $$"""{"result":"{{(succeeded.Value ? "Success" : "Failure")}}"}""";
        string json = $$"""{"id":"{{id}}","displayName":"{{planTasks}}","state":"{{(succeeded is null ? state : "Completed")}}","executionInfo":{{execution}} }""";
        return RunTask.Of(run, JobLayout.RunId("j", run), Parse<BatchTask>(json), 6);
    }

    private static RunTask Merge(string state, string? result = null)
    {
        string execution = result is null ? "{}" : $$"""{"result":"{{result}}"}""";
        string json = $$"""{"id":"merge","displayName":"merge","state":"{{state}}","executionInfo":{{execution}} }""";
        return RunTask.Of(1, "j", Parse<BatchTask>(json), 6);
    }

    private static T Parse<T>(string json) => JsonSerializer.Deserialize(json, BatchJson.Info<T>())!;
}
