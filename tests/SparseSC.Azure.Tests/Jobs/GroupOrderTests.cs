using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Tests.Jobs;

public sealed class GroupOrderTests
{
    // Three iterations: tasks 0-5, the choice 6, tasks 7-12, the choice 13, tasks 14-19.
    private static readonly int[] Steps = [6, 1, 6, 1, 6];
    private static readonly TaskRange[] Ranges = [new(0, 6), new(6, 1), new(7, 6), new(13, 1), new(14, 6)];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    [InlineData(12, 2)]
    [InlineData(13, 3)]
    [InlineData(19, 4)]
    public void A_task_belongs_to_a_step(int task, int step) => Assert.Equal(step, GroupOrder.StepOf(Steps, task));

    [Fact]
    public void No_group_holds_tasks_of_two_steps() =>
        Assert.Equal(
            ["0-2", "3-5", "6", "7-9", "10-12", "13", "14-16", "17-19"],
            GroupOrder.Cut([.. Enumerable.Range(0, 20)], Ranges, 4).Select(group => IndexRanges.Format(group)));

    [Fact]
    public void A_choice_waits_for_all_scores_and_scores_wait_for_their_choice()
    {
        IReadOnlyList<int[]> groups = GroupOrder.Cut([.. Enumerable.Range(0, 20)], Ranges, 3);
        GroupOrder order = new(groups, Steps);

        Assert.True(order.HasWaiting);
        Assert.Equal([[], [], [0, 1], [2], [2], [2, 3, 4], [5], [5]], Enumerable.Range(0, 8).Select(order.Before));
        Assert.Equal([null, null, null, 2, 2, null, 5, 5], Enumerable.Range(0, 8).Select(order.ChoiceOf));
        Assert.Equal([6, 7], order.Last);
    }

    [Fact]
    public void Nobody_waits_for_what_an_earlier_run_has_done()
    {
        // A score of the first stage was lost, and some of the second; both choices are there.
        GroupOrder order = new([[4], [8, 9], [14]], Steps);

        Assert.False(order.HasWaiting);
        Assert.Equal([[], [], []], Enumerable.Range(0, 3).Select(order.Before));
        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(order.ChoiceOf));
        Assert.Equal([false, true, true], Enumerable.Range(0, 3).Select(order.ReadsChoice));
        Assert.Equal([0, 1, 2], order.Last);
    }

    [Fact]
    public void A_plan_without_stages_has_no_order()
    {
        GroupOrder order = new([[0, 1], [2, 3]], []);

        Assert.False(order.HasWaiting);
        Assert.Equal([0, 1], order.Last);
        Assert.DoesNotContain(true, Enumerable.Range(0, 2).Select(group => order.IsChoice(group) || order.ReadsChoice(group)));
    }
}
