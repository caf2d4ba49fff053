namespace SparseSC.Core.Tests.Plan;

public class TaskCostTests
{
    [Fact]
    public void A_tasks_cost_is_measured_and_nothing_is_kept_of_it()
    {
        using PlanFixture fixture = new();

        TimeSpan? cost = fixture.Plan.MeasureCost([0, 3, 7, 12], TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.True(cost > TimeSpan.Zero);
        Assert.Empty(fixture.Plan.GetStatus().Done);
        Assert.Empty(Directory.GetFiles(fixture.Plan.ResultsDirectory));
    }

    [Fact]
    public void A_task_that_does_not_end_in_time_has_no_cost()
    {
        using PlanFixture fixture = new();

        Assert.Null(fixture.Plan.MeasureCost([0], TimeSpan.Zero, CancellationToken.None));
        Assert.Null(fixture.Plan.MeasureCost([], TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    [Fact]
    public void A_task_that_fails_has_a_cost_all_the_same()
    {
        using PlanFixture fixture = new(options =>
        {
            options.MaxIter = 1;
            options.MinIter = 1;
            options.Tol = 1e-300;
        });

        Assert.NotNull(fixture.Plan.MeasureCost([0, 1], TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    [Fact]
    public void Cancelling_ends_the_measurement()
    {
        using PlanFixture fixture = new();
        using CancellationTokenSource cancel = new();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => fixture.Plan.MeasureCost([0], TimeSpan.FromMinutes(1), cancel.Token));
    }
}
