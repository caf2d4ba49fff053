using SparseSC.Azure.Jobs.Pools;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.BatchServer.AutoScaling;

namespace SparseSC.Azure.Tests.Jobs;

public sealed class ScaleToQueueTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 13, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(4, 1, 0)]
    [InlineData(5, 2, 0)]
    [InlineData(9, 2, 1)]
    [InlineData(1000, 2, 3)]
    public void Nodes_follow_the_queue_dedicated_ones_first(int pending, double dedicated, double spot)
    {
        FormulaRun run = Run([pending], expected: 0);

        Assert.Equal((dedicated, spot), (run[FormulaRun.Dedicated], run[FormulaRun.Spot]));
        Assert.Equal("taskcompletion", run[FormulaRun.Deallocation]);
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(13, 2, 2)]
    public void Before_there_are_samples_there_are_nodes_for_the_job_that_the_pool_is_made_for(int expected, double dedicated, double spot)
    {
        FormulaRun run = Run([], expected);

        Assert.Equal((dedicated, spot), (run[FormulaRun.Dedicated], run[FormulaRun.Spot]));
    }

    private static FormulaRun Run(double[] pending, int expected)
    {
        (DateTime, double)[] samples = [.. pending.Select(value => (Now.AddSeconds(-10), value))];
        FormulaRun run = new(name => name == "$PendingTasks" ? new Metric(pending.LastOrDefault(), samples, Now) : null, Now);
        run.Execute(FormulaParser.Parse(PoolFormula.Of(new AzureBatchConfig { ScaleToQueue = true, DedicatedNodeCount = 2, SpotNodeCount = 3 }, slots: 4, expected)!));
        return run;
    }
}
