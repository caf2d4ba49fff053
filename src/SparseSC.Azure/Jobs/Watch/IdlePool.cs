using System.Globalization;
using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Sees whether machines that were made for a job are still there when it is over, and cost.</summary>
internal sealed class IdlePool(AzureServices services)
{
    private static readonly string[] Members = ["id", "state", "vmSize", "enableAutoScale", "currentDedicatedNodes", "currentLowPriorityNodes", "targetDedicatedNodes", "targetLowPriorityNodes"];

    /// <summary>A note on idle machines; empty when nothing idles, or another job is at work there.</summary>
    /// <param name="record">The job, which is over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> DescribeAsync(JobRecord record, CancellationToken cancellationToken)
    {
        if (!record.MadePool || record.PoolId is not { } id)
        {
            return "";
        }

        BatchPool? pool = await BatchCall.FindAsync(
            $"look up the pool '{id}'", () => services.Batch.Pools.GetAsync(id, Members, cancellationToken), cancellationToken, record.Id).ConfigureAwait(false);
        int nodes = Math.Max((pool?.CurrentDedicatedNodes ?? 0) + (pool?.CurrentSpotNodes ?? 0), (pool?.TargetDedicatedNodes ?? 0) + (pool?.TargetSpotNodes ?? 0));
        if (pool is null or { State: BatchPoolState.Deleting } or { EnableAutoScale: true } || nodes == 0 || await IsAtWorkAsync(id, record.Id, cancellationToken).ConfigureAwait(false))
        {
            return "";
        }

        string money = services.Config.PricePerHour is { } price ? string.Create(CultureInfo.InvariantCulture, $", {nodes * price:0.00##} an hour,") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The pool '{id}' has nothing to do, and its {(nodes == 1 ? "machine goes" : $"{nodes} machines go")} on to cost{money} until it is removed: {{RemovePool}}. With {{ScaleToQueue}} or {{StopPoolAfter}} a pool goes to zero by itself.");
    }

    private async Task<bool> IsAtWorkAsync(string poolId, string jobId, CancellationToken cancellationToken)
    {
        await foreach (BatchPoolNodeCounts counts in BatchCall.ListAsync(
            $"count the nodes of the pool '{poolId}'", services.Batch.Pools.ListNodeCountsAsync($"poolId eq '{poolId}'", cancellationToken), cancellationToken, jobId).ConfigureAwait(false))
        {
            if ((counts.Dedicated?.Running ?? 0) + (counts.Spot?.Running ?? 0) > 0)
            {
                return true;
            }
        }

        return false;
    }
}
