using System.Text.RegularExpressions;
using SparseSC.BatchServer.AutoScaling;

namespace SparseSC.Infra.Tests;

/// <summary>The formulas that are handed out follow the queue, and hold while the service has no samples yet.</summary>
public sealed partial class FormulaTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 13, 30, 0, DateTimeKind.Utc);

    [BicepTheory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(8, 1, 0)]
    [InlineData(9, 2, 0)]
    [InlineData(17, 2, 1)]
    [InlineData(10_000, 2, 5)]
    public void The_deployed_pool_follows_the_queue(int pending, double dedicated, double spot)
    {
        Deployment deployment = Deployment.Of("param taskSlotsPerNode = 8", "param dedicatedNodeCount = 2", "param spotNodeCount = 5");
        string formula = deployment.Properties("Microsoft.Batch/batchAccounts/pools")
            .GetProperty("scaleSettings").GetProperty("autoScale").GetProperty("formula").GetString()!;
        FormulaRun run = Run(formula, pending);
        Assert.Equal((dedicated, spot), (run[FormulaRun.Dedicated], run[FormulaRun.Spot]));
        Assert.Equal("taskcompletion", run[FormulaRun.Deallocation]);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9, 3)]
    [InlineData(10_000, 10)]
    public void The_documented_pool_follows_the_queue(int pending, double spot)
    {
        string formula = Assert.Single(Bicep.Blocks("azure-setup.md").SelectMany(block => Formula().Matches(block))).Groups[1].Value;
        Assert.Equal(spot, Run(formula, pending)[FormulaRun.Spot]);
    }

    /// <summary>Works a formula out for so many waiting tasks; for less than none there is no sample.</summary>
    private static FormulaRun Run(string formula, int pending)
    {
        (DateTime, double)[] samples = pending < 0 ? [] : [(Now.AddSeconds(-10), pending)];
        FormulaRun run = new(name => name == "$PendingTasks" ? new Metric(Math.Max(0, pending), samples, Now) : null, Now);
        run.Execute(FormulaParser.Parse(formula));
        return run;
    }

    [GeneratedRegex("formula: '(?:'')?([^']*)'")]
    private static partial Regex Formula();
}
