using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Batch.Jobs;

/// <summary>Settings of jobs whose tasks run in worker processes on this machine.</summary>
public sealed class LocalBatchConfig : BatchConfig
{
    /// <summary>The value of <see cref="Backend"/>.</summary>
    public const string BackendName = "Local";

    /// <inheritdoc/>
    public override string Backend => BackendName;

    /// <summary>The largest number of worker processes; 0 means one per processor.</summary>
    public int MaxParallel { get; set; }

    /// <summary>
    /// The worker: an executable, a <c>.dll</c> that <c>dotnet</c> runs, or <c>pwsh</c>, which is the PowerShell of the session;
    /// <c>null</c> takes the one beside the module.
    /// </summary>
    public string? WorkerPath { get; set; }

    /// <summary>The folder of job records and logs; <c>null</c> takes the user's own (see <see cref="Local.JobDirectory"/>).</summary>
    public string? JobDirectory { get; set; }
}
