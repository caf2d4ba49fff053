using static SparseSC.Batch.Jobs.Configuration.ConfigSetting<SparseSC.Batch.Jobs.LocalBatchConfig>;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Settings of jobs on this machine.</summary>
internal static class LocalSettings
{
    public static IReadOnlyList<ConfigSetting<LocalBatchConfig>> All { get; } =
    [
        Whole("MaxParallel", c => c.MaxParallel, (c, value) => c.MaxParallel = value),
        Text("WorkerPath", c => c.WorkerPath, (c, value) => c.WorkerPath = value, isPath: true),
        Text("JobDirectory", c => c.JobDirectory, (c, value) => c.JobDirectory = value, isPath: true),
    ];
}
