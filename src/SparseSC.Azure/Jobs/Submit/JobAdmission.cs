using SparseSC.Azure.Batch;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Says whether a plan is to be started, and under which job.</summary>
internal sealed class JobAdmission(AzureServices services)
{
    private readonly BatchRuns _runs = new(services);

    private readonly JobRecords _records = services.Records;

    /// <summary>Looks for jobs of the plan.</summary>
    /// <param name="planHash">SHA-256 of the plan, hex.</param>
    /// <param name="jobId">The id that was asked for; <c>null</c> for none in particular.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The job that runs already, or the one to go on with; neither when a new one is to be made.</returns>
    /// <exception cref="BatchJobException">The id is that of another plan's job (<c>JobIdInUse</c>), or none (<c>InvalidJobId</c>).</exception>
    public async Task<(JobRecord? Running, JobRecord? Known)> FindJobsAsync(string planHash, string? jobId, CancellationToken cancellationToken)
    {
        if (jobId is not null)
        {
            JobRecord? named = await NamedAsync(jobId, planHash, cancellationToken).ConfigureAwait(false);
            return named is not null && await IsRunningAsync(named, cancellationToken).ConfigureAwait(false) ? (named, named) : (null, named);
        }

        JobRecord? latest = null;
        await foreach (JobRecord record in _records.ListAsync(planHash, cancellationToken).ConfigureAwait(false))
        {
            if (await IsRunningAsync(record, cancellationToken).ConfigureAwait(false))
            {
                return (record, record);
            }

            latest = latest is null || record.Created > latest.Created ? record : latest;
        }

        return (null, latest);
    }

    /// <summary>A job of the same plan that someone else starts at the same time, if that one is to go on and this one to give way.</summary>
    /// <remarks>
    /// Asked only where the plan had no job at first. Each looks after its own record is written, so at least one of two sees the other.
    /// The earlier one goes on, but not before the later one has given way: that one may have looked too early to see it. A job that was
    /// submitted meanwhile counts even when it has ended: it computed the same tasks. One that was cut off counts, too: whoever is at it may wake
    /// up, and only taking it over keeps it from going on beside this one.
    /// </remarks>
    public async Task<JobRecord?> FindDuplicateAsync(JobRecord mine, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool isAlone = true;
            await foreach (JobRecord other in _records.ListAsync(mine.PlanHash, cancellationToken).ConfigureAwait(false))
            {
                if (other.Id == mine.Id)
                {
                    continue;
                }

                if (!other.IsBeingSubmitted || IsEarlier(other, mine))
                {
                    return other;
                }

                isAlone = false;
            }

            if (isAlone)
            {
                return null;
            }

            await Task.Delay(services.Pause, services.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what a submission left behind whose process is gone: its run has not all of its tasks and would never end.</summary>
    public async Task EndAbandonedAsync(JobRecord record, CancellationToken cancellationToken)
    {
        if (!record.IsAbandoned)
        {
            return;
        }

        services.Steps.Warning($"An earlier submission of the job '{record.Id}' was cut off. What it left is ended, and everything missing is submitted anew.");
        await _runs.EndAsync(await _runs.OpenAsync(record, cancellationToken).ConfigureAwait(false), "SubmissionCutOff", cancellationToken).ConfigureAwait(false);
    }

    private static bool IsEarlier(JobRecord one, JobRecord other) =>
        one.Created < other.Created || (one.Created == other.Created && string.CompareOrdinal(one.Id, other.Id) < 0);

    private async Task<bool> IsRunningAsync(JobRecord record, CancellationToken cancellationToken)
    {
        if (record.Submitting is not null)
        {
            return !record.IsAbandoned;
        }

        return record.Runs.Count > 0
            && await _runs.FindAsync(record.Runs[^1].Id, cancellationToken).ConfigureAwait(false) is BatchJob run
            && BatchRuns.IsOf(run, record)
            && BatchRuns.IsActive(run);
    }

    private async Task<JobRecord?> NamedAsync(string jobId, string planHash, CancellationToken cancellationToken)
    {
        JobRecord record;
        try
        {
            record = await _records.ReadAsync(jobId, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchJobException error) when (error.ErrorId == ErrorIds.JobNotFound)
        {
            return null;
        }

        return record.PlanHash == planHash ? record : throw new BatchJobException(
            ErrorIds.JobIdInUse, $"{{JobId}} '{jobId}' belongs to the plan of '{record.BatchDirectory}'. Give another id, or none to have one made.", jobId);
    }
}
