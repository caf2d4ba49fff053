using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Execution;

/// <summary>How many more nodes an account's cores allow.</summary>
internal static class CoreQuota
{
    /// <summary>How many of some new nodes can be had.</summary>
    /// <param name="account">All nodes there are, and the quotas.</param>
    /// <param name="pool">The pool that is to grow.</param>
    /// <param name="dedicated">Which kind of nodes.</param>
    /// <param name="wanted">How many.</param>
    public static int Allow(Account account, PoolResource pool, bool dedicated, int wanted)
    {
        if (!dedicated && account.SpotNodesToBeHad is { } had)
        {
            wanted = Math.Clamp(had - account.Pools.Values.SelectMany(other => other.Nodes).Count(node => !node.IsDedicated), 0, wanted);
        }

        if ((dedicated ? account.Quotas.Cores : account.Quotas.SpotCores) is not { } quota)
        {
            return wanted;
        }

        int used = account.Pools.Values.SelectMany(other => other.Nodes).Where(node => node.IsDedicated == dedicated).Sum(node => Cores(node.Pool));
        return Math.Clamp((quota - used) / Cores(pool), 0, wanted);
    }

    /// <summary>Why a pool did not get all Spot nodes although the quota has room: the region has no more.</summary>
    public static JsonObject NoCapacity() => new()
    {
        ["code"] = "AllocationFailed",
        ["message"] = "Desired number of Spot nodes could not be allocated",
    };

    public static JsonObject Error(bool dedicated) => new()
    {
        ["code"] = dedicated ? "AccountCoreQuotaReached" : "AccountLowPriorityCoreQuotaReached",
        ["message"] = dedicated ? "The specified account has reached core quota" : "The specified account has reached low priority core quota",
    };

    private static int Cores(PoolResource pool) => VmSizes.Cores(pool.Spec["vmSize"]!.ToString())!.Value;
}
