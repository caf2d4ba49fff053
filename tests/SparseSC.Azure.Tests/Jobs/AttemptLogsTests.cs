using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Watch;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Every attempt's log is shown once, in order, whoever kept it.</summary>
public sealed class AttemptLogsTests
{
    private static readonly TaskLog First = new("05:00 task 5\n", "Task 5 is bad.\n");
    private static readonly TaskLog Second = new("05:01 task 5\n", "Task 5 is bad.\n");

    [Fact]
    public void The_latest_streams_are_those_of_the_latest_attempt_with_what_the_system_adds()
    {
        TaskLog latest = Second with { StandardError = "Task 5 is bad.\nKilled\n" };
        Assert.Equal([First, latest], AttemptLogs.Join([First, Second], [latest]));
    }

    [Fact]
    public void Streams_of_attempts_without_a_log_of_their_own_stay_in_their_place()
    {
        TaskLog unstarted = new("", "sh: sparsesc: not found\n");
        Assert.Equal([unstarted, First], AttemptLogs.Join([First], [unstarted, First]));
        Assert.Equal([First, unstarted], AttemptLogs.Join([First], [unstarted]));
        Assert.Equal([unstarted], AttemptLogs.Join([], [unstarted]));
    }

    [Fact]
    public void A_note_says_which_attempt_it_is_and_how_it_ended()
    {
        BatchTask task = new()
        {
            Id = "group-000005",
            DisplayName = "20-24",
            State = BatchTaskState.Completed,
            NodeInfo = new BatchTaskNodeInfo { NodeId = "tvm-1" },
            ExecutionInfo = new BatchTaskExecutionInfo { RetryCount = 1, ExitCode = 137, EndTime = new DateTimeOffset(2026, 11, 27, 5, 0, 0, TimeSpan.Zero) },
        };
        Assert.Equal(
            "This is attempt 2 of the service at plan tasks 20-24; 1 of them left no log, ended before the worker wrote a line. It ended with exit code 137 on 'tvm-1' at 2026-11-27T05:00:00Z.", AttemptLogs.Note(task, 1));
        Assert.DoesNotContain("no log", AttemptLogs.Note(task, 2), StringComparison.Ordinal);
    }
}
