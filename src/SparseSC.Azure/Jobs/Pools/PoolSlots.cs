using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Azure.Jobs.Pools;

/// <summary>How many tasks a pool runs at once.</summary>
internal static class PoolSlots
{
    private const int Most = 256;
    private const int MostPerCore = 4;

    /// <summary>Slots of a node of a pool that is made: as given, else one for each core that the size's name tells of, else one.</summary>
    public static int PerNode(AzureBatchConfig config)
    {
        int? cores = VmSize.TryParse(config.VmSize)?.Cores;
        int most = cores is { } known ? Math.Min(MostPerCore * known, Most) : Most;
        return Math.Clamp(config.TaskSlotsPerNode ?? cores ?? 1, 1, most);
    }

    /// <summary>Slots of a pool that will be made.</summary>
    public static int OfNew(AzureBatchConfig config) => PerNode(config) * Math.Max(1, config.DedicatedNodeCount + config.SpotNodeCount);

    /// <summary>Slots of a pool as it is, or as it was asked to become; at least those of one node, for a pool that scales up from none.</summary>
    public static int Of(BatchPool pool)
    {
        int current = (pool.CurrentDedicatedNodes ?? 0) + (pool.CurrentSpotNodes ?? 0);
        int target = (pool.TargetDedicatedNodes ?? 0) + (pool.TargetSpotNodes ?? 0);
        return Math.Max(1, pool.TaskSlotsPerNode ?? 1) * Math.Max(1, Math.Max(current, target));
    }
}
