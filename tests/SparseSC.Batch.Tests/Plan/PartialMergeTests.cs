using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>An incomplete set of results: refused, merged without the penalties it lacks, or replaced by a model merged elsewhere.</summary>
public class PartialMergeTests
{
    [Fact]
    public void Penalties_that_lack_a_fold_are_left_out_and_the_others_keep_their_scores()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunMissing();
        SyntheticControlFit whole = fixture.Plan.Merge();
        File.Delete(fixture.ResultFile(5));

        SyntheticControlFit partial = fixture.Plan.Merge(new MergeOptions { AllowPartial = true, Choice = PenaltyChoice.Min });

        Assert.Equal([whole.Scores[0], whole.Scores[2], whole.Scores[3]], partial.Scores);
        Assert.Equal([whole.Iterations[0].VPen[0], whole.Iterations[0].VPen[2], whole.Iterations[0].VPen[3]], partial.Iterations[0].VPen);
        Assert.Equal(partial.Scores.Min(), partial.Score);
        Assert.Equal("1 of 16 results are missing (fold 1 at penalty 1): penalty 1 of 4 was left out of the choice.", Assert.Single(partial.Warnings));
    }

    [Fact]
    public void A_complete_set_merges_the_same_whether_or_not_a_partial_one_is_allowed()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunMissing();

        SyntheticControlFit allowed = fixture.Plan.Merge(new MergeOptions { AllowPartial = true });

        FitsEqual.Assert(fixture.Plan.Merge(), allowed);
        Assert.Empty(allowed.Warnings);
    }

    [Fact]
    public void Without_one_complete_penalty_there_is_nothing_to_choose_from()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunTasks([0, 1, 2, 3], fixture.ResultFile(0));

        BatchPlanException error = Assert.Throws<BatchPlanException>(() => fixture.Plan.Merge(new MergeOptions { AllowPartial = true }));

        Assert.Equal("NoPenaltyComplete", error.ErrorId);
    }

    [Fact]
    public void A_failed_task_leaves_the_results_of_the_others_and_a_note()
    {
        // With these bounds the smallest penalty needs more iterations than it gets, and the largest none.
        using PlanFixture fixture = new(options => (options.MaxIter, options.MinIter, options.Tol) = (12, 0, 1e-9));
        BatchPlanException? error = Record(() => fixture.Plan.RunTasks([0, 1, 2, 3], fixture.ResultFile(0)));

        PlanStatus status = fixture.Plan.GetStatus();

        Assert.NotNull(error);
        Assert.Equal("TasksFailed", error.ErrorId);
        Assert.NotEmpty(status.Failed);
        Assert.NotEmpty(status.Done);
        Assert.Equal([0, 1, 2, 3], status.Failed.Select(failure => failure.Task).Concat(status.Done).Order());
        Assert.Contains(status.Failed[0].Message, error.Message, StringComparison.Ordinal);
        Assert.Empty(status.Invalid);
    }

    [Fact]
    public void A_task_that_fails_alone_leaves_no_file()
    {
        using PlanFixture fixture = new(options => (options.MaxIter, options.MinIter, options.Tol) = (12, 0, 1e-9));
        fixture.Plan.RunTasks([3], fixture.ResultFile(3));

        BatchPlanException error = Assert.Throws<BatchPlanException>(() => fixture.Plan.RunTasks([0], fixture.ResultFile(0)));

        Assert.StartsWith("Task 0 failed: ", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(fixture.ResultFile(0)));
        Assert.Equal([3], fixture.Plan.GetStatus().Done);
    }

    [Fact]
    public void A_model_merged_elsewhere_stands_for_results_that_are_not_here()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunMissing();
        SyntheticControlFit merged = fixture.Plan.Merge();
        FitFile.Write(fixture.Plan.FitFile, merged);
        Directory.Delete(fixture.Plan.ResultsDirectory, recursive: true);

        BatchResults survey = ResultFiles.Survey(fixture.Plan);

        Assert.True(survey.IsComplete);
        Assert.Equal(fixture.Plan.FitFile, survey.FitFile);
        FitsEqual.Assert(merged, fixture.Plan.Merge());
        Assert.Throws<BatchPlanException>(() => fixture.Plan.Merge(new MergeOptions { Choice = PenaltyChoice.Min }));
    }

    [Fact]
    public void A_model_of_another_plan_stands_for_nothing()
    {
        using PlanFixture fixture = new();
        using PlanFixture other = new(options => options.GridMin = 1e-5);
        other.Plan.RunMissing();
        FitFile.Write(fixture.Plan.FitFile, other.Plan.Merge());

        Assert.False(ResultFiles.Survey(fixture.Plan).IsComplete);
        Assert.Throws<BatchPlanException>(() => fixture.Plan.Merge());
    }

    private static BatchPlanException? Record(Action action) => Xunit.Record.Exception(action) as BatchPlanException;
}
