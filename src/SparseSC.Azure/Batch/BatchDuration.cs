namespace SparseSC.Azure.Batch;

/// <summary>Durations with a meaning of their own.</summary>
internal static class BatchDuration
{
    /// <summary>No limit: what the service answers, and accepts, as <c>P10675199DT2H48M5.4775807S</c>.</summary>
    public static TimeSpan NoLimit => TimeSpan.MaxValue;

    /// <summary>Whether <paramref name="duration"/> limits nothing.</summary>
    /// <param name="duration">A duration; <c>null</c>, which is what the service fills in as no limit, counts as none.</param>
    public static bool IsNoLimit(TimeSpan? duration) => duration is null || duration == NoLimit;
}
