using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Tasks;

/// <summary>Cuts the tasks of a plan into the groups that run together as one task of the service.</summary>
internal static class TaskGroups
{
    /// <summary>The most groups that a merging task can wait for: the service takes ids of 64,000 characters in all as dependencies.</summary>
    public const int MostBeforeMerge = 5000;

    // A task's name for people has up to 1024 characters, and ours says what it computes.
    private const int LongestName = 1000;
    private const int SlotsFactor = 4;
    private static readonly TimeSpan Target = TimeSpan.FromMinutes(1);
    private const double LimitFactor = 60;
    private static readonly TimeSpan LimitWithoutSignatures = TimeSpan.FromDays(7);
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromHours(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>How many plan tasks make a group.</summary>
    /// <remarks>
    /// A group lasts about a minute: starting a task costs a second or two, and what a lost node takes with it is little. There are
    /// at least four groups for each slot, so that no slot idles long at the end, unless groups would then last less than five seconds.
    /// </remarks>
    /// <param name="tasks">Plan tasks to run.</param>
    /// <param name="cost">What one of them takes, as measured; <c>null</c> when that is longer than was measured for.</param>
    /// <param name="slots">Tasks that the pool can run at once.</param>
    public static int SizeFor(int tasks, TimeSpan? cost, int slots)
    {
        if (cost is not { } one)
        {
            return 1;
        }

        double total = tasks * Math.Max(one.TotalSeconds, 1e-6);
        double forTarget = total / Target.TotalSeconds;
        double forSlots = Math.Min(slots * SlotsFactor, total / Shortest.TotalSeconds);
        double groups = Math.Clamp(Math.Ceiling(Math.Max(forTarget, forSlots)), 1, Math.Max(tasks, 1));
        return (int)Math.Ceiling(tasks / groups);
    }

    /// <summary>The longest time that a group may take before it counts as one that will never end.</summary>
    /// <remarks>
    /// A node can be much slower than this machine, and share a disk or a network with others, so only what is far out of proportion ends.
    /// What outlasts the access to storage could not hand in its results anyway.
    /// </remarks>
    /// <param name="groups">The groups.</param>
    /// <param name="cost">What one of their plan tasks takes, as measured; <c>null</c> when that is not known.</param>
    /// <param name="config">The settings.</param>
    public static TimeSpan LimitFor(IReadOnlyList<int[]> groups, TimeSpan? cost, AzureBatchConfig config)
    {
        TimeSpan access = config.NodeIdentityId is null ? config.StorageAccessDuration : LimitWithoutSignatures;
        if (cost is not { } one || groups.Count == 0)
        {
            return access;
        }

        double seconds = Math.Max(ShortestLimit.TotalSeconds, groups.Max(group => group.Length) * one.TotalSeconds * LimitFactor);
        return seconds < access.TotalSeconds ? TimeSpan.FromSeconds(Math.Ceiling(seconds)) : access;
    }

    /// <summary>Cuts ascending indices into groups of nearly equal size, at most <paramref name="size"/>.</summary>
    /// <param name="tasks">Plan tasks, ascending: neighbours share a fold, whose preparation is then done once.</param>
    /// <param name="size">The most tasks of a group, at least 1.</param>
    public static IReadOnlyList<int[]> Cut(int[] tasks, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        List<int[]> groups = [];
        int count = (int)(((long)tasks.Length + size - 1) / size);
        for (int i = 0; i < count; i++)
        {
            int start = (int)((long)tasks.Length * i / count);
            int end = (int)((long)tasks.Length * (i + 1) / count);
            Add(tasks[start..end], groups);
        }

        return groups;
    }

    private static void Add(int[] group, List<int[]> groups)
    {
        if (group.Length > 1 && IndexRanges.Format(group).Length > LongestName)
        {
            Add(group[..(group.Length / 2)], groups);
            Add(group[(group.Length / 2)..], groups);
            return;
        }

        groups.Add(group);
    }
}
