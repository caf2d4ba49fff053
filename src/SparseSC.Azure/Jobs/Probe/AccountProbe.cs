using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using BatchJob = SparseSC.Azure.Batch.BatchJob;

namespace SparseSC.Azure.Jobs.Probe;

/// <summary>Whether the Batch account answers, and what can be seen of its quotas.</summary>
internal sealed class AccountProbe(AzureServices services)
{
    // The quota of an account that never asked for more; see the service's page on quotas and limits.
    private const int UsualActiveJobs = 100;
    private static readonly string[] QuotaCodes =
        ["AccountCoreQuotaReached", "AccountLowPriorityCoreQuotaReached", "AccountSpotCoreQuotaReached", "AccountVMSeriesCoreQuotaReached"];

    private readonly List<BatchPool> _pools = [];

    /// <summary>Lists pools, which needs the same rights as looking at one.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> ReachAsync(CancellationToken cancellationToken)
    {
        string[] select = ["id", "vmSize", "currentDedicatedNodes", "currentLowPriorityNodes", "resizeErrors"];
        await foreach (BatchPool pool in BatchCall.ListAsync(
            "list pools", services.Batch.Pools.ListAsync(null, select, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            _pools.Add(pool);
        }

        return [Finding.Ok($"The Batch account answers at {services.Batch.Endpoint}.")];
    }

    /// <summary>What pools and jobs show of the account's quotas; the numbers themselves are told by the management service alone.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> QuotaAsync(CancellationToken cancellationToken)
    {
        int active = 0;
        await foreach (BatchJob job in BatchCall.ListAsync(
            "list jobs", services.Batch.Jobs.ListAsync("state eq 'active'", ["id"], cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            active += job.Id.Length > 0 ? 1 : 0;
        }

        List<ConfigFinding> findings = [Finding.Ok(string.Create(
            CultureInfo.InvariantCulture,
            $"{active} active jobs, {_pools.Count} pools, {Cores(pool => pool.CurrentDedicatedNodes)} dedicated and {Cores(pool => pool.CurrentSpotNodes)} Spot cores in use, as far as sizes tell. The quotas themselves are not told to who submits jobs: see the account's Quotas in the portal."))];
        if (active >= UsualActiveJobs)
        {
            findings.Add(Finding.Warning(string.Create(
                CultureInfo.InvariantCulture, $"The account has {active} active jobs, and many accounts may have no more than {UsualActiveJobs}. Stop or remove some.")));
        }

        findings.AddRange(_pools
            .Where(pool => pool.ResizeErrors?.Any(error => QuotaCodes.Contains(error.Code)) == true)
            .Select(pool => Finding.Warning($"The pool '{pool.Id}' did not reach its size, because the account's cores are used up. Remove pools, or ask for a higher quota in the portal.")));
        return findings;
    }

    private int Cores(Func<BatchPool, int?> nodes) => _pools.Sum(pool => (nodes(pool) ?? 0) * (VmSize.TryParse(pool.VmSize ?? "")?.Cores ?? 0));
}
