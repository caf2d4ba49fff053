using System.Globalization;

namespace SparseSC.Azure.Jobs.Pools;

/// <summary>Pools that follow the queue: as many nodes as the queue needs, up to the limits, and none when it is empty.</summary>
internal static class ScaleToQueue
{
    /// <summary>How often the service evaluates it: as often as it can.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>The lines of a formula that say how many machines are wanted, as <c>dedicated</c> and <c>spot</c>.</summary>
    /// <remarks>
    /// Dedicated nodes come first, because the user pays for them to be certain. Before there are samples, which take the service a few
    /// minutes, there are as many nodes as the job that the pool is made for needs. A node that goes finishes its tasks.
    /// </remarks>
    /// <param name="dedicated">The most dedicated nodes.</param>
    /// <param name="spot">The most Spot nodes.</param>
    /// <param name="slots">Task slots of a node.</param>
    /// <param name="expectedTasks">Tasks of the job that the pool is made for.</param>
    public static string Wanted(int dedicated, int spot, int slots, int expectedTasks) => string.Create(CultureInfo.InvariantCulture, $"""
        slots = {slots};
        maxDedicated = {dedicated};
        maxSpot = {spot};
        samples = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 5);
        tasks = samples < 1 ? {expectedTasks} : max($PendingTasks.GetSample(1));
        nodes = (tasks + slots - 1) / slots;
        dedicated = min(maxDedicated, nodes);
        spot = max(0, min(maxSpot, nodes - maxDedicated));
        """);
}
