using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>What is missing is said in a line or two, however much it is, and with the cause where it is known.</summary>
public sealed class MissingTextTests
{
    [Fact]
    public void Thousands_are_said_as_ranges()
    {
        using PlanFixture fixture = new(options => (options.GridLength, options.CvFolds) = (1000, FoldSpecification.Shuffled(3)));
        int[] missing = [.. Enumerable.Range(0, 3000).Except(Enumerable.Range(0, 50)).Except(Enumerable.Range(1000, 20)).Except(Enumerable.Range(2000, 20))];
        Assert.Equal(
            "2910 of 3000 results are missing (fold 0 at penalties 50-999; folds 1-2 at penalties 20-999)", fixture.Plan.DescribeMissing(missing));
        Assert.Equal("3000 of 3000 results are missing (folds 0-2 at all penalties)", fixture.Plan.DescribeMissing([.. Enumerable.Range(0, 3000)]));
        Assert.Equal(
            "500 of 3000 results are missing (fold 0 at penalties 0, 2, 4, 6, 8 and 495 more)",
            fixture.Plan.DescribeMissing([.. Enumerable.Range(0, 500).Select(index => 2 * index)]));
    }

    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 4 }, "4")]
    [InlineData(new[] { 0, 1, 2, 3, 7, 9, 10 }, "0-3, 7, 9-10")]
    [InlineData(new[] { 0, 2, 4, 6, 8, 10, 11, 13 }, "0, 2, 4, 6, 8 and 3 more")]
    public void Numbers_in_a_sentence_are_few(int[] numbers, string text) => Assert.Equal(text, IndexRanges.Say(numbers));

    [Fact]
    public void A_merge_says_why_tasks_failed_and_not_only_that_results_are_missing()
    {
        using PlanFixture fixture = new(options => (options.MaxIter, options.MinIter, options.Tol) = (1, 0, 1e-12));
        BatchPlanException failed = Assert.Throws<BatchPlanException>(() => fixture.Plan.RunMissing());
        Assert.Contains("did not converge", failed.Message, StringComparison.Ordinal);
        string merge = Assert.Throws<BatchPlanException>(() => fixture.Plan.Merge()).Message;
        Assert.Contains("failed; task ", merge, StringComparison.Ordinal);
        Assert.Contains("did not converge", merge, StringComparison.Ordinal);
        Assert.InRange(merge.Length, 1, 600);
    }
}
