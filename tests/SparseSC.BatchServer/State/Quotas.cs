namespace SparseSC.BatchServer.State;

/// <summary>How much an account and its nodes may have; null for no limit.</summary>
/// <param name="Pools">Pools.</param>
/// <param name="Jobs">Jobs that are not completed yet.</param>
/// <param name="Cores">Cores of dedicated nodes.</param>
/// <param name="SpotCores">Cores of Spot nodes.</param>
/// <param name="DiskBytes">Bytes of each node's disk.</param>
/// <param name="SpotNodes">Spot nodes that the region has, whatever the account may have.</param>
internal sealed record Quotas(int? Pools, int? Jobs, int? Cores, int? SpotCores, long? DiskBytes = null, int? SpotNodes = null)
{
    public static Quotas None { get; } = new(null, null, null, null);
}
