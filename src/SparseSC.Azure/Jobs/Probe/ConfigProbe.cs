using System.Runtime.CompilerServices;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;

namespace SparseSC.Azure.Jobs.Probe;

/// <summary>Asks everything that jobs would need, one thing after the other; nothing is changed but a blob that is written and deleted.</summary>
internal sealed class ConfigProbe(AzureServices services) : IConfigProbe
{
    private const string Account = "Account";
    private const string Storage = "Storage";

    /// <inheritdoc/>
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
        HashSet<string> failed = [];
        foreach ((string check, string? after, Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> look) in checks)
        {
            if (after is not null && failed.Contains(after))
            {
                continue;
            }

            foreach (ConfigFinding finding in await FindAsync(look, cancellationToken).ConfigureAwait(false))
            {
                finding.Check = check;
                if (finding.Severity == FindingSeverity.Error)
                {
                    failed.Add(check);
                }

                yield return finding;
            }
        }
    }

    // One thing that cannot be had must not keep the others from being looked at, but for what is asked of the same service.
    private static async Task<IReadOnlyList<ConfigFinding>> FindAsync(
        Func<CancellationToken, Task<IReadOnlyList<ConfigFinding>>> look, CancellationToken cancellationToken)
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
