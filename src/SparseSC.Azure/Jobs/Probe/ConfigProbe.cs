using System.Runtime.CompilerServices;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Probe;

/// <summary>Asks everything that jobs would need, one thing after the other; nothing is changed but a blob that is written and deleted.</summary>
internal sealed class ConfigProbe(AzureServices services)
{
    private const string Account = "Account";
    private const string Storage = "Storage";

    /// <summary>Tells what was found, one thing at a time.</summary>
    public async IAsyncEnumerable<ConfigFinding> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AzureServices impatient = services.Impatient();
        AccountProbe account = new(impatient);
        StorageProbe storage = new(impatient);
        PoolProbe pool = new(impatient);
        (string Check, string? After, Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> Look)[] checks =
        [
            (Account, null, account.ReachAsync),
            (Storage, null, storage.WriteAsync),
            (Storage, Storage, storage.SignAsync),
            ("Quota", Account, account.QuotaAsync),
            ("Pool", Account, pool.PoolAsync),
            ("Image", Account, pool.ImageAsync),
            ("VmSize", null, pool.SizeAsync),
            ("Worker", null, pool.WorkerAsync),
        ];
        HashSet<string> silent = [];
        foreach ((string check, string? after, Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> look) in checks)
        {
            if (after is not null && silent.Contains(after))
            {
                continue;
            }

            foreach (ConfigFinding finding in await FindAsync(check, look, silent, cancellationToken).ConfigureAwait(false))
            {
                finding.Check = check;
                yield return finding;
            }
        }
    }

    // One thing that cannot be had must not keep the others from being looked at; a service that does not answer at all is asked once.
    private static async Task<IReadOnlyList<ConfigFinding>> FindAsync(
        string check, Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> look, HashSet<string> silent, CancellationToken cancellationToken)
    {
        try
        {
            return await look(cancellationToken).ConfigureAwait(false);
        }
        catch (SparseSCException error)
        {
            if (error.ErrorId is ErrorIds.BatchUnreachable or ErrorIds.StorageUnreachable)
            {
                silent.Add(check);
            }

            return [Finding.Error(error.Message)];
        }
    }
}
