using System.Runtime.CompilerServices;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;

namespace SparseSC.Azure.Jobs.Probe;

/// <summary>Asks everything that jobs would need, one thing after the other; nothing is changed but a blob that is written and deleted.</summary>
internal sealed class ConfigProbe(AzureServices services) : IConfigProbe
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<ConfigFinding> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AccountProbe account = new(services);
        StorageProbe storage = new(services);
        PoolProbe pool = new(services);
        (string Check, Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> Look)[] checks =
        [
            ("Account", account.ReachAsync),
            ("Storage", storage.WriteAsync),
            ("Storage", storage.SignAsync),
            ("Quota", account.QuotaAsync),
            ("Pool", pool.PoolAsync),
            ("Image", pool.ImageAsync),
            ("VmSize", pool.SizeAsync),
            ("Worker", pool.WorkerAsync),
        ];
        foreach ((string check, Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> look) in checks)
        {
            foreach (ConfigFinding finding in await FindAsync(check, look, cancellationToken).ConfigureAwait(false))
            {
                finding.Check = check;
                yield return finding;
            }
        }
    }

    // One thing that cannot be had must not keep the others from being looked at.
    private static async Task<IReadOnlyList<ConfigFinding>> FindAsync(
        string check, Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look(cancellationToken).ConfigureAwait(false);
        }
        catch (SparseSCException error)
        {
            return [Finding.Error(error.Message)];
        }
    }
}
