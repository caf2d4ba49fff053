using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>The records of jobs, in the home container.</summary>
internal interface IJobRecords
{
    /// <summary>Reads a record.</summary>
    /// <exception cref="BatchJobException">There is none (<c>JobNotFound</c>), or it is damaged (<c>JobRecordDamaged</c>).</exception>
    Task<JobRecord> ReadAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Every record, in no order.</summary>
    IAsyncEnumerable<JobRecord> ListAsync(CancellationToken cancellationToken);

    /// <summary>The records of one plan's jobs, in no order.</summary>
    IAsyncEnumerable<JobRecord> ListAsync(string planHash, CancellationToken cancellationToken);

    /// <summary>Writes a record that does not exist yet.</summary>
    /// <returns>Whether it was written; not when there is one.</returns>
    Task<bool> TryCreateAsync(JobRecord record, CancellationToken cancellationToken);

    /// <summary>Changes a record; the change is made to the latest version, and again when another writer was faster.</summary>
    Task<JobRecord> UpdateAsync(string jobId, Func<JobRecord, JobRecord> change, CancellationToken cancellationToken);

    /// <summary>Removes a record.</summary>
    Task RemoveAsync(JobRecord record, CancellationToken cancellationToken);
}
