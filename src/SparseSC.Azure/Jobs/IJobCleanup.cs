using SparseSC.Core.Jobs;

namespace SparseSC.Azure.Jobs;

/// <summary>Removes what is asked for of a job.</summary>
internal interface IJobCleanup
{
    /// <summary>Removes it; a running job, and results that were not received, are refused.</summary>
    Task RemoveAsync(JobRecord record, BatchJobRemoval what, CancellationToken cancellationToken);
}
