using System.Runtime.CompilerServices;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>The records of jobs as blobs; a version's tag keeps two writers from undoing each other's changes.</summary>
internal sealed class JobRecords(AzureServices services)
{
    private const int MostAttempts = 20;
    private const int ReadAtOnce = 16;
    private const string JobsFolder = "jobs/";
    private const string RecordSuffix = "/job.json";

    /// <summary>Reads a record.</summary>
    /// <exception cref="BatchJobException">There is none (<c>JobNotFound</c>), or it is damaged (<c>JobRecordDamaged</c>).</exception>
    public async Task<JobRecord> ReadAsync(string jobId, CancellationToken cancellationToken)
    {
        RequireValidId(jobId);
        return (await TryReadAsync(jobId, cancellationToken).ConfigureAwait(false))?.Record
            ?? await RestoreAsync(jobId, cancellationToken).ConfigureAwait(false)
            ?? throw NotFound(jobId);
    }

    /// <summary>Every record, in no order.</summary>
    public async IAsyncEnumerable<JobRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> known = [];
        await foreach (JobRecord record in ReadAllAsync(
            JobsFolder, name => name.EndsWith(RecordSuffix, StringComparison.Ordinal) ? name[JobsFolder.Length..^RecordSuffix.Length] : null, known, cancellationToken).ConfigureAwait(false))
        {
            yield return record;
        }

        await foreach (JobRecord lost in new LostRecords(services).ListAsync(id => !known.Contains(id), cancellationToken).ConfigureAwait(false))
        {
            yield return lost;
        }
    }

    /// <summary>The records of one plan's jobs, in no order.</summary>
    public async IAsyncEnumerable<JobRecord> ListAsync(string planHash, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = JobLayout.PlanJobsFolder(planHash);
        await foreach (JobRecord record in ReadAllAsync(folder, name => name[folder.Length..], [], cancellationToken).ConfigureAwait(false))
        {
            if (record.PlanHash == planHash)
            {
                yield return record;
            }
        }
    }

    /// <summary>Writes a record that does not exist yet.</summary>
    /// <returns>Whether it was written; not when there is one.</returns>
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
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageBlobExists or ErrorIds.StorageBlobChanged)
        {
            return false;
        }
    }

    /// <summary>Changes a record; the change is made to the latest version, and again when another writer was faster.</summary>
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
            catch (BatchJobException error) when (error.ErrorId == ErrorIds.StorageBlobChanged && attempt < MostAttempts)
            {
                // Another writer was faster: the change is made to what that one wrote.
            }
        }
    }

    /// <summary>Removes a record.</summary>
    public async Task RemoveAsync(JobRecord record, CancellationToken cancellationToken)
    {
        await services.Home.DeleteBlobAsync(JobLayout.RecordBlob(record.Id), cancellationToken).ConfigureAwait(false);
        await BlobLease.BreakAsync(services.Home, JobLayout.ClaimBlob(record.Id), cancellationToken).ConfigureAwait(false);
        await BlobLease.DeleteBlobAsync(services.Home, JobLayout.ClaimBlob(record.Id), cancellationToken).ConfigureAwait(false);
        await services.Home.DeleteBlobAsync(JobLayout.PlanJobMark(record.PlanHash, record.Id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes in a job's record that a run of it is being submitted.</summary>
    /// <param name="known">The record as it was read.</param>
    /// <param name="change">Makes the change to the latest version.</param>
    /// <param name="submitter">Who submits, and holds the claim.</param>
    /// <param name="rollback">Learns how to take the note back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BatchJobException">Somebody else was faster (<c>JobBeingSubmitted</c>).</exception>
    public async Task<JobRecord> EnterRunAsync(
        JobRecord known, Func<JobRecord, JobRecord> change, Submitter submitter, SubmissionRollback rollback, CancellationToken cancellationToken)
    {
        JobRecord before = known;
        rollback.Add($"run in the record of the job '{known.Id}'", token => TakeBackAsync(known.Id, before, submitter, token));
        return await UpdateAsync(
            known.Id,
            latest =>
            {
                if (latest.IsBeingSubmitted && latest.Submitter?.Id != known.Submitter?.Id)
                {
                    throw BeingSubmitted(latest);
                }

                // Whoever was cut off is to be judged by what it left, not by the claim that is this submitter's now.
                JobRecord judged = latest with { IsClaimed = false };
                before = latest;
                return change(judged);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a record that a submission made, unless the job was taken over by another.</summary>
    /// <returns>Whether there was a record, and it was removed.</returns>
    public async Task<bool> RemoveIfOfAsync(JobRecord record, Submitter submitter, CancellationToken cancellationToken)
    {
        if ((await TryReadAsync(record.Id, cancellationToken).ConfigureAwait(false))?.Record is not { } there)
        {
            await services.Home.DeleteBlobAsync(JobLayout.PlanJobMark(record.PlanHash, record.Id), cancellationToken).ConfigureAwait(false);
        }
        else if (there.Submitter?.Id == submitter.Id)
        {
            await RemoveAsync(record, cancellationToken).ConfigureAwait(false);
            return true;
        }

        return false;
    }

    /// <summary>Removes the claim of a job that has no record, because its submission was refused before it was entered.</summary>
    public async Task RemoveUnusedClaimAsync(string jobId)
    {
        using CancellationTokenSource patience = new(services.ClaimDuration);
        try
        {
            if (await services.Home.ReadTextAsync(JobLayout.RecordBlob(jobId), patience.Token).ConfigureAwait(false) is null)
            {
                await BlobLease.DeleteBlobAsync(services.Home, JobLayout.ClaimBlob(jobId), patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SparseSCException or OperationCanceledException)
        {
            // An empty blob that stays does no harm, and what went wrong before is what has to be told.
        }
    }

    /// <summary>The record once its run has all its tasks.</summary>
    /// <exception cref="BatchJobException">Another submission has taken the job over (<c>SubmissionTakenOver</c>), or the job was stopped
    /// meanwhile (<c>SubmissionStopped</c>).</exception>
    public static JobRecord Settle(JobRecord latest, Submitter submitter)
    {
        if (latest.Submitter?.Id == submitter.Id)
        {
            return latest with { Submitting = null, Submitter = null };
        }

        throw latest.Stopped is null ? TakenOver(latest.Id) : new BatchJobException(
            "SubmissionStopped", $"The job '{latest.Id}' was stopped while it was being submitted. Start it again to go on with it.", latest.Id);
    }

    /// <summary>The error when somebody else submits the job.</summary>
    public static BatchJobException BeingSubmitted(JobRecord record) => new(
        ErrorIds.JobBeingSubmitted,
        $"The job '{record.Id}' is being submitted by someone else{(record.Submitter is { } submitter ? $" on '{submitter.Machine}'" : "")}. Wait until it runs; if that submission was cut off, start again in a minute.",
        record.Id);

    /// <summary>The error when another submission has taken the job over.</summary>
    public static BatchJobException TakenOver(string jobId) => new(
        "SubmissionTakenOver",
        $"This submission of the job '{jobId}' stood still for so long that another one took the job over. The job goes on with that one; wait for it.",
        jobId);

    /// <exception cref="BatchJobException">The id cannot name a job (<c>InvalidJobId</c>).</exception>
    public static void RequireValidId(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        if (!JobLayout.IsValidJobId(jobId))
        {
            throw new BatchJobException(
                ErrorIds.InvalidJobId,
                $"{{JobId}} '{jobId}' cannot name a job on Azure Batch. Use up to {JobLayout.LongestJobId} letters, digits, '-' and '_'.",
                jobId);
        }
    }

    // Whoever names a job wants to go on with it, for which there has to be a record.
    private async Task<JobRecord?> RestoreAsync(string jobId, CancellationToken cancellationToken)
    {
        if (await new LostRecords(services).FindAsync(jobId, cancellationToken).ConfigureAwait(false) is not { } record)
        {
            return null;
        }

        await services.Home.CreateIfMissingAsync(cancellationToken).ConfigureAwait(false);
        foreach (JobRun run in record.Runs)
        {
            await new PlanOutputs(services).AddAsync(record.PlanHash, run.Container, cancellationToken).ConfigureAwait(false);
        }

        if (await TryCreateAsync(record, cancellationToken).ConfigureAwait(false))
        {
            services.Steps.Warning($"The record of the job '{jobId}' was lost. It was made again from what the Batch service knows of the job.");
            return record;
        }

        return (await TryReadAsync(jobId, cancellationToken).ConfigureAwait(false))?.Record;
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

        return text is null ? null : (await WithClaimAsync(JobRecordJson.Read(text.Text, jobId), cancellationToken).ConfigureAwait(false), text);
    }

    private async Task<JobRecord> WithClaimAsync(JobRecord record, CancellationToken cancellationToken) => record.Submitting is null
        ? record
        : record with { IsClaimed = await BlobLease.IsHeldAsync(services.Home, JobLayout.ClaimBlob(record.Id), cancellationToken).ConfigureAwait(false) };

    private async IAsyncEnumerable<JobRecord> ReadAllAsync(
        string prefix, Func<string, string?> jobIdOf, HashSet<string> seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string> ids = [];
        try
        {
            await foreach (StoredBlob blob in services.Home.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                if (jobIdOf(blob.Name) is { } id && JobLayout.IsValidJobId(id))
                {
                    ids.Add(id);
                    seen.Add(id);
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
        catch (BatchJobException error) when (error.ErrorId == ErrorIds.JobRecordDamaged)
        {
            services.Steps.Warning(error.Message);
            return null;
        }
    }

    private async Task<bool> TakeBackAsync(string jobId, JobRecord before, Submitter submitter, CancellationToken cancellationToken)
    {
        bool isOurs = (await TryReadAsync(jobId, cancellationToken).ConfigureAwait(false))?.Record.Submitter?.Id == submitter.Id;
        if (isOurs)
        {
            await UpdateAsync(
                jobId,
                latest => latest.Submitter?.Id == submitter.Id ? before with { Submitting = null, Submitter = null } : latest,
                cancellationToken).ConfigureAwait(false);
        }

        return isOurs;
    }

    private static bool IsWithoutContainer(BatchJobException error) => error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted;

    private BatchJobException NotFound(string jobId) => new(
        ErrorIds.JobNotFound,
        $"There is no job '{jobId}' in {services.Home}. If its record lies elsewhere, give a configuration with that {{StorageAccountName}} and {{ContainerName}}.",
        jobId);
}
