using SparseSC.Azure.Jobs.Pools;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.BatchServer.AutoScaling;

namespace SparseSC.Azure.Tests.Jobs;

public sealed class PoolFormulaTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 13, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void A_pool_of_fixed_numbers_has_none() => Assert.Null(PoolFormula.Of(new AzureBatchConfig { SpotNodeCount = 2 }, 4, 10));

    [Theory]
    [InlineData(new double[] { }, 1, 2)]
    [InlineData(new double[] { 5, 0, 0 }, 1, 2)]
    [InlineData(new double[] { 0, 0, 0 }, 0, 0)]
    public void A_pool_stops_when_it_had_nothing_to_do(double[] pending, double dedicated, double spot)
    {
        AzureBatchConfig config = new() { DedicatedNodeCount = 1, SpotNodeCount = 2, StopPoolAfter = TimeSpan.FromMinutes(10) };

        FormulaRun run = Run(config, name => name == "$PendingTasks" ? pending : null);

        Assert.Equal((dedicated, spot), (run[FormulaRun.Dedicated], run[FormulaRun.Spot]));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void Dedicated_machines_stand_in_for_Spot_machines_that_did_not_come(double spotThere, double dedicated)
    {
        AzureBatchConfig config = new() { SpotNodeCount = 3, DedicatedFallback = 2 };
        double[] there = [.. Enumerable.Repeat(spotThere, 20)];

        FormulaRun run = Run(config, name => name == "$CurrentLowPriorityNodes" ? there : null);

        Assert.Equal((dedicated, 3.0), (run[FormulaRun.Dedicated], run[FormulaRun.Spot]));
        Assert.Equal(0.0, Run(config, name => name == "$CurrentLowPriorityNodes" ? [0] : null)[FormulaRun.Dedicated]);
    }

    private static FormulaRun Run(AzureBatchConfig config, Func<string, double[]?> samplesOf)
    {
        FormulaRun run = new(
            name => samplesOf(name) is { } values
                ? new Metric(values.LastOrDefault(), [.. values.Select((value, i) => (Now.AddSeconds(-30 * (values.Length - i)), value))], Now)
                : null,
            Now);
        run.Execute(FormulaParser.Parse(PoolFormula.Of(config, 4, 10)!));
        return run;
    }
}
