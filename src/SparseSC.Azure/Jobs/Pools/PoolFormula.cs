using System.Globalization;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Azure.Jobs.Pools;

/// <summary>The autoscale formula of a pool that is made.</summary>
internal static class PoolFormula
{
    // As long as the service is given to find Spot machines before dedicated ones are paid for.
    private const int MinutesWithoutSpot = 10;

    /// <summary>The formula; <c>null</c> for a pool whose numbers of machines are fixed.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="slots">Task slots of a node.</param>
    /// <param name="expectedTasks">Tasks of the job that the pool is made for.</param>
    public static string? Of(AzureBatchConfig config, int slots, int expectedTasks)
    {
        if (config.AutoScaleFormula is { } own)
        {
            return own;
        }

        if (!config.ScaleToQueue && config.StopPoolAfter is null && config.DedicatedFallback == 0)
        {
            return null;
        }

        string wanted = config.ScaleToQueue ? ScaleToQueue.Wanted(config.DedicatedNodeCount, config.SpotNodeCount, slots, expectedTasks)
            : config.StopPoolAfter is { } idle ? WhileBusy(config.DedicatedNodeCount, config.SpotNodeCount, idle)
            : Always(config.DedicatedNodeCount, config.SpotNodeCount);
        return $"{wanted}\n{(config.DedicatedFallback > 0 ? Fallback(config.DedicatedFallback) + "\n" : "")}{Targets}";
    }

    private static string Targets => """
        $TargetDedicatedNodes = dedicated;
        $TargetLowPriorityNodes = spot;
        $NodeDeallocationOption = taskcompletion;
        """;

    private static string Always(int dedicated, int spot) => string.Create(CultureInfo.InvariantCulture, $"""
        dedicated = {dedicated};
        spot = {spot};
        """);

    // Without samples the pool is new, and the job it is made for about to begin.
    private static string WhileBusy(int dedicated, int spot, TimeSpan idle) => string.Create(CultureInfo.InvariantCulture, $"""
        samples = $PendingTasks.GetSamplePercent(TimeInterval_Minute * {Math.Ceiling(idle.TotalMinutes)});
        busy = samples <= 0 ? 1 : max($PendingTasks.GetSample(TimeInterval_Minute * {Math.Ceiling(idle.TotalMinutes)}));
        dedicated = busy > 0 ? {dedicated} : 0;
        spot = busy > 0 ? {spot} : 0;
        """);

    // Before half of the time is seen, Spot machines count as on their way.
    private static string Fallback(int most) => string.Create(CultureInfo.InvariantCulture, $"""
        seen = $CurrentLowPriorityNodes.GetSamplePercent(TimeInterval_Minute * {MinutesWithoutSpot});
        had = seen < 50 ? spot : max($CurrentLowPriorityNodes.GetSample(TimeInterval_Minute * {MinutesWithoutSpot}));
        dedicated = dedicated + min({most}, max(0, spot - had));
        """);
}
