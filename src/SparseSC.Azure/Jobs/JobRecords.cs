using System.Runtime.CompilerServices;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>The records of jobs as blobs; a version's tag keeps two writers from undoing each other's changes.</summary>
internal sealed class JobRecords(AzureServices services) : IJobRecords
{
    private const int MostAttempts = 20;
    private const int ReadAtOnce = 16;
    private const string JobsFolder = "jobs/";
    private const string RecordSuffix = "/job.json";

    /// <inheritdoc/>
    public async Task<JobRecord> ReadAsync(string jobId, CancellationToken cancellationToken)
    {
        RequireValidId(jobId);
        return (await TryReadAsync(jobId, cancellationToken).ConfigureAwait(false))?.Record ?? throw NotFound(jobId);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JobRecord> ListAsync(CancellationToken cancellationToken) =>
        ReadAllAsync(JobsFolder, name => name.EndsWith(RecordSuffix, StringComparison.Ordinal) ? name[JobsFolder.Length..^RecordSuffix.Length] : null, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobRecord> ListAsync(string planHash, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = JobLayout.PlanJobsFolder(planHash);
        await foreach (JobRecord record in ReadAllAsync(folder, name => name[folder.Length..], cancellationToken).ConfigureAwait(false))
        {
            if (record.PlanHash == planHash)
            {
                yield return record;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(JobRecord record, CancellationToken cancellationToken)
    {
        RequireValidId(record.Id);

        // The mark comes first and goes last: one without a record does no harm, a record without one would not be found by its plan.
        await services.Home.WriteTextAsync(JobLayout.PlanJobMark(record.PlanHash, record.Id), "", cancellationToken: cancellationToken).ConfigureAwait(false);
        try
        {
            await services.Home.WriteTextAsync(
                JobLayout.RecordBlob(record.Id), JobRecordJson.Write(record), ifAbsent: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (BatchJobException error) when (error.ErrorId is "StorageBlobExists" or "StorageBlobChanged")
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<JobRecord> UpdateAsync(string jobId, Func<JobRecord, JobRecord> change, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            (JobRecord record, StoredText version) = await TryReadAsync(jobId, cancellationToken).ConfigureAwait(false) ?? throw NotFound(jobId);
            JobRecord changed = change(record);
            try
            {
                await services.Home.WriteTextAsync(
                    JobLayout.RecordBlob(jobId), JobRecordJson.Write(changed), ifMatch: version.ETag, cancellationToken: cancellationToken).ConfigureAwait(false);
                return changed;
            }
            catch (BatchJobException error) when (error.ErrorId == "StorageBlobChanged" && attempt < MostAttempts)
            {
                // Another writer was faster: the change is made to what that one wrote.
            }
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(JobRecord record, CancellationToken cancellationToken)
    {
        await services.Home.DeleteBlobAsync(JobLayout.RecordBlob(record.Id), cancellationToken).ConfigureAwait(false);
        await services.Home.DeleteBlobAsync(JobLayout.PlanJobMark(record.PlanHash, record.Id), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="BatchJobException">The id cannot name a job (<c>InvalidJobId</c>).</exception>
    public static void RequireValidId(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        if (!JobLayout.IsValidJobId(jobId))
        {
            throw new BatchJobException(
                "InvalidJobId",
                $"{{JobId}} '{jobId}' cannot name a job on Azure Batch. Use up to {JobLayout.LongestJobId} letters, digits, '-' and '_'.",
                jobId);
        }
    }

    private async Task<(JobRecord Record, StoredText Version)?> TryReadAsync(string jobId, CancellationToken cancellationToken)
    {
        StoredText? text;
        try
        {
            text = await services.Home.ReadTextAsync(JobLayout.RecordBlob(jobId), cancellationToken).ConfigureAwait(false);
        }
        catch (BatchJobException error) when (IsWithoutContainer(error))
        {
            return null;
        }

        return text is null ? null : (JobRecordJson.Read(text.Text, jobId), text);
    }

    private async IAsyncEnumerable<JobRecord> ReadAllAsync(
        string prefix, Func<string, string?> jobIdOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string> ids = [];
        try
        {
            await foreach (StoredBlob blob in services.Home.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                if (jobIdOf(blob.Name) is { } id && JobLayout.IsValidJobId(id))
                {
                    ids.Add(id);
                }
            }
        }
        catch (BatchJobException error) when (IsWithoutContainer(error))
        {
            // Where nothing was ever started there are no jobs.
        }

        foreach (string[] several in ids.Chunk(ReadAtOnce))
        {
            foreach (JobRecord? record in await Task.WhenAll(several.Select(id => ReadQuietlyAsync(id, cancellationToken))).ConfigureAwait(false))
            {
                if (record is not null)
                {
                    yield return record;
                }
            }
        }
    }

    // One damaged record must not hide the others; asked for by its id it says what is wrong.
    private async Task<JobRecord?> ReadQuietlyAsync(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return (await TryReadAsync(jobId, cancellationToken).ConfigureAwait(false))?.Record;
        }
        catch (BatchJobException error) when (error.ErrorId == "JobRecordDamaged")
        {
            services.Steps.Warning(error.Message);
            return null;
        }
    }

    private static bool IsWithoutContainer(BatchJobException error) => error.ErrorId is "StorageContainerNotFound" or "StorageContainerBeingDeleted";

    private BatchJobException NotFound(string jobId) => new(
        "JobNotFound",
        $"There is no job '{jobId}' in {services.Home}. If its record lies elsewhere, give a configuration with that {{StorageAccountName}} and {{ContainerName}}.",
        jobId);
}
