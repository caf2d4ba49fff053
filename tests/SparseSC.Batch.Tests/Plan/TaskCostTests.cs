using SparseSC.Batch.Plan;

namespace SparseSC.Batch.Tests.Plan;

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

    [Fact]
    public void What_the_first_runs_take_to_be_compiled_is_no_part_of_the_cost()
    {
        Clock clock = new();
        int runs = 0;
        TaskCost cost = new((task, _) => clock.Advance(runs++ < 12 ? 100 : 3 + task), clock);

        // Tasks 0 to 4 take 3 to 7 ms once they are compiled.
        Assert.Equal(5, cost.Measure([0, 1, 2, 3, 4], TimeSpan.FromSeconds(10), CancellationToken.None)!.Value.TotalMilliseconds, 6);
    }

    [Fact]
    public void A_task_that_takes_long_is_not_warmed_up()
    {
        Clock clock = new();
        int runs = 0;
        TaskCost cost = new((_, _) => { runs++; clock.Advance(900); }, clock);

        Assert.Equal(900, cost.Measure([0, 1, 2, 3, 4], TimeSpan.FromSeconds(3), CancellationToken.None)!.Value.TotalMilliseconds, 6);
        Assert.Equal(10, runs);
    }

    private sealed class Clock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public void Advance(int milliseconds) => _milliseconds += milliseconds;

        public override long GetTimestamp() => _milliseconds;
    }
}
