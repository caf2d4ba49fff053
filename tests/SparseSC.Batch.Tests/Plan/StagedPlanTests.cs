using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>A fit of two iterations as tasks: 16 scores, the choice of task 16, and 16 scores at what it chose.</summary>
public sealed class StagedPlanTests : IDisposable
{
    private const int Choice = 16;

    private readonly PlanFixture _fixture = new(options => options.StoppingRule = 2);

    private BatchPlan Plan => _fixture.Plan;

    private SyntheticControlFit Direct => JointFit.Run(_fixture.Data, _fixture.Options);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_stage_for_each_iteration_and_a_choice_between_two()
    {
        Assert.Equal((33, 4, 4), (Plan.Tasks, Plan.Folds, Plan.Penalties));
        Assert.Equal(
            [(1, "v", 0, 16, 4, (int?)16), (2, "w", 17, 16, 4, null)],
            Plan.Stages.Select(s => (s.Number, s.Varies!, s.FirstTask, s.Tasks, s.Penalties, s.ChoosingTask)));
        PlanTask choice = Plan.GetTask(Choice);
        Assert.Equal((true, 1, -1, 0), (choice.IsChoice, choice.Stage, choice.Fold, choice.PenaltyIndices.Length));
        PlanTask later = Plan.GetTask(22);
        Assert.Equal((false, 2, 1, 1), (later.IsChoice, later.Stage, later.Fold, later.PenaltyIndices[0]));
    }

    [Fact]
    public void One_iteration_is_the_plan_that_it_always_was()
    {
        using PlanFixture once = new();
        string text = File.ReadAllText(once.Plan.PlanFile);
        Assert.StartsWith("{\"format\":\"sparsesc-plan\",\"version\":1,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("further", text, StringComparison.Ordinal);
        Assert.Null(Assert.Single(once.Plan.Stages).ChoosingTask);
        Assert.StartsWith("{\"format\":\"sparsesc-plan\",\"version\":3,", File.ReadAllText(Plan.PlanFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(33)]
    public void Tasks_run_one_by_one_or_together_make_the_fit(int group)
    {
        for (int start = 0; start < Plan.Tasks; start += group)
        {
            int[] tasks = [.. Enumerable.Range(start, Math.Min(group, Plan.Tasks - start))];
            BatchPlans.Load(Plan.PlanFile).RunTasks(tasks, Path.Combine(Plan.ResultsDirectory, $"group-{start}.json"));
        }

        FitsEqual.Assert(Direct, Plan.Merge());
    }

    [Fact]
    public void Results_of_earlier_stages_may_lie_elsewhere()
    {
        string elsewhere = Path.Combine(_fixture.Folder, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        Plan.RunTasks([.. Enumerable.Range(0, 17)], Path.Combine(elsewhere, "first.json"));
        Assert.Equal("TasksFailed", Assert.Throws<BatchPlanException>(() => Plan.RunTasks([20], _fixture.ResultFile(20))).ErrorId);
        Plan.RunTasks([20], _fixture.ResultFile(20), elsewhere);
        Assert.Equal([20], Plan.GetStatus().Done);
    }

    [Fact]
    public void A_task_that_waits_for_others_says_for_which()
    {
        Plan.RunTasks([.. Enumerable.Range(0, 15)], _fixture.ResultFile(0));
        string choice = Assert.Throws<BatchPlanException>(() => Plan.RunTasks([Choice], _fixture.ResultFile(Choice))).Message;
        Assert.Contains(
            "it chooses from all scores of stage 1, and 1 of 16 results are missing (stage 1: fold 3 at penalty 3)", choice, StringComparison.Ordinal);
        string score = Assert.Throws<BatchPlanException>(() => Plan.RunTasks([17], _fixture.ResultFile(17))).Message;
        Assert.Contains(
            "Task 17 cannot run yet: its penalties are those that task 16 chooses from stage 1", score, StringComparison.Ordinal);
        Assert.False(File.Exists(_fixture.ResultFile(Choice)) || File.Exists(_fixture.ResultFile(17)));
    }

    [Fact]
    public void A_lost_choice_is_named_and_made_again_without_scoring_anything()
    {
        Plan.RunMissing();
        SyntheticControlFit whole = Plan.Merge();
        byte[] choice = File.ReadAllBytes(_fixture.ResultFile(Choice));
        File.Delete(_fixture.ResultFile(Choice));
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => Plan.Merge());
        Assert.StartsWith("1 of 33 results are missing (the choice from stage 1)", error.Message, StringComparison.Ordinal);
        FitsEqual.Assert(whole, Plan.Merge(new MergeOptions { AllowPartial = true }));
        Plan.RunTasks([Choice], _fixture.ResultFile(Choice));
        Assert.Equal(choice, File.ReadAllBytes(_fixture.ResultFile(Choice)));
        FitsEqual.Assert(Direct, Plan.Merge());
    }

    [Fact]
    public void A_partial_merge_uses_what_there_is_of_each_stage()
    {
        Plan.RunMissing();
        SyntheticControlFit whole = Plan.Merge();
        MergeOptions partial = new() { AllowPartial = true };

        // The choice stands for its stage; what it was chosen from is not needed any more.
        File.Delete(_fixture.ResultFile(5));
        FitsEqual.Assert(whole, Plan.Merge(partial));

        File.Delete(_fixture.ResultFile(18));
        SyntheticControlFit without = Plan.Merge(partial);
        Assert.Equal([whole.Scores[0], whole.Scores[2], whole.Scores[3]], without.Scores);
        Assert.Contains("stage 2: fold 0 at penalty 1", Assert.Single(without.Warnings), StringComparison.Ordinal);

        foreach (int task in Enumerable.Range(17, 16).Where(task => task != 18))
        {
            File.Delete(_fixture.ResultFile(task));
        }

        SyntheticControlFit merged = Plan.Merge(partial);
        Assert.Contains("stage 2 was computed by merging", Assert.Single(merged.Warnings), StringComparison.Ordinal);
        FitsEqual.Assert(whole, merged);
    }

    [Fact]
    public void Scores_at_other_penalties_than_those_chosen_do_not_count()
    {
        Plan.RunMissing();
        string file = _fixture.ResultFile(20);
        using PlanFixture other = new(options => (options.StoppingRule, options.GridMin) = (2, 1e-5));
        other.Plan.RunMissing();
        File.WriteAllText(file, File.ReadAllText(other.ResultFile(20)).Replace(other.Plan.Hash, Plan.Hash, StringComparison.Ordinal));
        PlanStatus status = Plan.GetStatus();
        Assert.Equal([20], status.Missing);
        Assert.Contains("scored at penalties that task 16 did not choose", Assert.Single(status.Invalid).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_does_not_follow_from_the_scores_does_not_count()
    {
        Plan.RunMissing();
        using PlanFixture other = new(options => (options.StoppingRule, options.GridMin) = (2, 1e-5));
        other.Plan.RunMissing();
        File.WriteAllText(
            _fixture.ResultFile(Choice), File.ReadAllText(other.ResultFile(Choice)).Replace(other.Plan.Hash, Plan.Hash, StringComparison.Ordinal));
        Assert.Contains(Plan.GetStatus().Invalid, bad => bad.Reason.Contains("does not follow from the scores of stage 1", StringComparison.Ordinal));
        Assert.Contains(Choice, Plan.GetStatus().Missing);
        Plan.RunMissing();
        FitsEqual.Assert(Direct, Plan.Merge());
    }

    [Fact]
    public void A_plan_of_earlier_software_leaves_the_second_iteration_to_the_merge()
    {
        string text = File.ReadAllText(Plan.PlanFile);
        File.Delete(Path.Combine(_fixture.Folder, "manifest.json"));
        File.WriteAllText(
            Plan.PlanFile,
            text.Replace("\"version\":3", "\"version\":1", StringComparison.Ordinal).Replace("\"planned\":2,", "", StringComparison.Ordinal));
        BatchPlan old = BatchPlans.Load(_fixture.Folder);
        Assert.Equal(16, old.Tasks);
        old.RunMissing();
        FitsEqual.Assert(Direct, old.Merge());
    }

    [Fact]
    public void More_iterations_than_are_planned_are_made_by_the_merge()
    {
        using PlanFixture many = new(options => options.StoppingRule = 12);
        Assert.Equal(10, many.Plan.Stages.Length);
        many.Plan.RunMissing(2);
        SyntheticControlFit merged = many.Plan.Merge();
        Assert.Equal(12, merged.Iterations.Length);
        FitsEqual.Assert(JointFit.Run(many.Data, many.Options), merged);
    }

    [Fact]
    public async Task Workers_wait_for_each_other_at_the_end_of_a_stage()
    {
        // Somebody holds a task of the first stage, as a worker does that computes it.
        TaskClaim claim = TaskClaim.TryTake(_fixture.Folder, 7)!;
        Task[] workers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => BatchPlans.Load(_fixture.Folder).RunMissing(1)))];
        await HangGuard.UntilAsync(
            () => Task.FromResult(Plan.GetStatus().Done.Length == 15), () => $"{Plan.GetStatus().Done.Length} of 15 tasks were done.");
        Assert.DoesNotContain(workers, worker => worker.IsCompleted);
        Assert.Equal([7, .. Enumerable.Range(16, 17)], Plan.GetStatus().Missing);

        // It ends without a result, as a killed worker does: the others take its task over and go on.
        claim.Dispose();
        await Task.WhenAll(workers).WaitAsync(HangGuard.Limit);
        Assert.True(Plan.GetStatus().IsComplete);
        FitsEqual.Assert(Direct, Plan.Merge());
    }

    [Fact]
    public void Waiting_for_others_ends_when_it_is_cancelled()
    {
        using TaskClaim claim = TaskClaim.TryTake(_fixture.Folder, 7)!;
        using CancellationTokenSource stop = new();
        Told told = new(done =>
        {
            if (done == 15)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Plan.RunMissing(2, told, stop.Token));
    }

    [Fact]
    public void A_task_that_fails_keeps_later_stages_from_running()
    {
        using PlanFixture failing = new(
            options => (options.StoppingRule, options.MaxIter, options.MinIter, options.Tol) = (2, 12, 0, 1e-9));
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => failing.Plan.RunMissing());
        PlanStatus status = failing.Plan.GetStatus();
        Assert.Equal("TasksFailed", error.ErrorId);
        Assert.EndsWith("later stages wait for all of it.", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(status.Done);
        Assert.All(status.Done.Concat(status.Failed.Select(failure => failure.Task)), task => Assert.InRange(task, 0, 15));
        Assert.Equal(Enumerable.Range(0, 33), status.Done.Concat(status.Missing).Order());
    }

    private sealed class Told(Action<int> tell) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => tell(value.Completed);
    }
}
