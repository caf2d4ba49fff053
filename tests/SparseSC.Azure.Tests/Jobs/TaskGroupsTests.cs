using SparseSC.Azure.Jobs;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Tests.Jobs;

public sealed class TaskGroupsTests
{
    [Theory]
    [InlineData(1000, 60.0, 8, 1)]
    [InlineData(1000, 6.0, 8, 10)]
    [InlineData(1000, 1.0, 8, 32)]
    [InlineData(1000, 0.001, 8, 1000)]
    [InlineData(1000, 0.02, 8, 250)]
    [InlineData(20000, 0.5, 400, 13)]
    [InlineData(3, 0.001, 8, 3)]
    [InlineData(1, 500.0, 8, 1)]
    public void A_group_lasts_about_a_minute_unless_slots_would_idle(int tasks, double seconds, int slots, int size) =>
        Assert.Equal(size, TaskGroups.SizeFor(tasks, TimeSpan.FromSeconds(seconds), slots));

    [Fact]
    public void Tasks_too_long_to_be_measured_run_alone() => Assert.Equal(1, TaskGroups.SizeFor(1000, null, 8));

    [Theory]
    [InlineData(1, 0.003, 1.0)]
    [InlineData(10, 60.0, 10.0)]
    [InlineData(10, 600.0, 24.0)]
    [InlineData(1, null, 24.0)]
    public void A_group_without_end_is_ended_long_after_it_should_have_been_done(int size, double? seconds, double hours) => Assert.Equal(
        TimeSpan.FromHours(hours),
        TaskGroups.LimitFor([new int[size]], seconds is { } cost ? TimeSpan.FromSeconds(cost) : null, new AzureBatchConfig()));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(999, 7)]
    [InlineData(100, 100)]
    [InlineData(5, 100)]
    public void Cutting_loses_nothing_doubles_nothing_and_is_even(int count, int size)
    {
        int[] tasks = [.. Enumerable.Range(0, count).Select(i => i * 2)];

        IReadOnlyList<int[]> groups = TaskGroups.Cut(tasks, size);

        Assert.Equal(tasks, groups.SelectMany(group => group));
        Assert.True(groups.Max(group => group.Length) <= size);
        Assert.True(groups.Max(group => group.Length) - groups.Min(group => group.Length) <= 1);
        Assert.Equal((count + size - 1) / size, groups.Count);
    }

    [Fact]
    public void A_group_whose_name_would_be_too_long_is_halved()
    {
        int[] tasks = [.. Enumerable.Range(5000, 1000).Select(i => i * 2)];

        IReadOnlyList<int[]> groups = TaskGroups.Cut(tasks, 1000);

        Assert.Equal(tasks, groups.SelectMany(group => group));
        Assert.All(groups, group => Assert.InRange(IndexRanges.Format(group).Length, 1, 1000));
    }

    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 5 }, "5")]
    [InlineData(new[] { 0, 1, 2, 4, 6, 7 }, "0-2,4,6-7")]
    public void Indices_are_written_as_ranges_and_read_back(int[] indices, string text)
    {
        Assert.Equal(text, IndexRanges.Format(indices));
        Assert.Equal(indices, IndexRanges.TryParse(text, 8));
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("3-1")]
    [InlineData("7-8")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("0-2147483647")]
    public void Other_text_is_no_list_of_tasks(string text) => Assert.Null(IndexRanges.TryParse(text, 8));
}
