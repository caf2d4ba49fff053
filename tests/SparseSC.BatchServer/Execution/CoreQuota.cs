using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>How many more nodes an account's cores allow.</summary>
internal static partial class CoreQuota
{
    /// <summary>How many of some new nodes can be had.</summary>
    /// <param name="account">All nodes there are, and the quotas.</param>
    /// <param name="pool">The pool that is to grow.</param>
    /// <param name="dedicated">Which kind of nodes.</param>
    /// <param name="wanted">How many.</param>
    public static int Allow(Account account, PoolResource pool, bool dedicated, int wanted)
    {
        if ((dedicated ? account.Quotas.Cores : account.Quotas.SpotCores) is not { } quota)
        {
            return wanted;
        }

        int used = account.Pools.Values.SelectMany(other => other.Nodes).Where(node => node.IsDedicated == dedicated).Sum(node => Cores(node.Pool));
        return Math.Clamp((quota - used) / Cores(pool), 0, wanted);
    }

    public static JsonObject Error(bool dedicated) => new()
    {
        ["code"] = dedicated ? "AccountCoreQuotaReached" : "AccountLowPriorityCoreQuotaReached",
        ["message"] = dedicated ? "The specified account has reached core quota" : "The specified account has reached low priority core quota",
    };

    // Sizes carry their cores in their names: Standard_D2s_v3 has two. Where the name has a part for constrained cores, that one counts.
    private static int Cores(PoolResource pool) =>
        VmSize().Match(pool.Spec["vmSize"]?.ToString() ?? "") is { Success: true } match ? Math.Max(1, int.Parse(match.Groups["cores"].Value, null)) : 1;

    [GeneratedRegex(@"^(?:standard|basic)_[a-z]+(?:\d+-)?(?<cores>\d{1,3})", RegexOptions.IgnoreCase)]
    private static partial Regex VmSize();
}
