using System.Globalization;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Starts a further run of a job for tasks that failed in earlier ones. The plan is taken from storage, so any machine can do it.</summary>
internal sealed class FurtherRun(AzureServices services, IJobRecords records)
{
    private readonly PoolProvision _pools = new(services);

    /// <summary>Submits the run.</summary>
    /// <param name="survey">The job.</param>
    /// <param name="tasks">The tasks to run again.</param>
    /// <param name="cancellationToken">Stops it; what was made is taken back.</param>
    /// <returns>The record with the run.</returns>
    public async Task<JobRecord> StartAsync(JobSurvey survey, IReadOnlyList<RunTask> tasks, CancellationToken cancellationToken)
    {
        int[][] groups = [.. tasks.Select(task => task.PlanTasks.Where(index => !survey.Ledger.IsDone(index)).Order().ToArray()).Where(group => group.Length > 0)];
        Submitter submitter = Submitter.Begin(services.Time);
        Undo undo = new(services.Steps);
        try
        {
            PoolChoice pool = await _pools.ChooseAsync(cancellationToken).ConfigureAwait(false);
            string[] earlier = survey.Record.MergeOnNode ? await ResultsAsync(survey.Record, cancellationToken).ConfigureAwait(false) : [];
            bool merges = survey.Record.MergeOnNode && CanMerge(groups.Length + earlier.Length);
            (JobRecord record, string runId) = await EnterAsync(survey, submitter, pool, merges, undo, cancellationToken).ConfigureAwait(false);
            RunPlan run = new()
            {
                Record = record,
                RunId = runId,
                Groups = groups,
                Pool = await _pools.ProvideAsync(pool, record.Id, groups.Length, submitter.Id, undo, cancellationToken).ConfigureAwait(false),
                SubmissionId = submitter.Id,
                EarlierResults = merges ? earlier : [],
                Registry = pool.Existing is null ? null : PoolBuilder.Registry(services.Config, services.RegistryPassword),
            };
            await new RunSubmission(services).SubmitAsync(run, undo, cancellationToken).ConfigureAwait(false);
            record = await records.UpdateAsync(record.Id, latest => latest with { Submitting = null, Submitter = null }, cancellationToken).ConfigureAwait(false);
            undo.Keep();
            services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"{tasks.Count} tasks of the job '{record.Id}' run again as '{runId}'."));
            return record;
        }
        finally
        {
            await undo.RunAsync().ConfigureAwait(false);
            submitter.End();
        }
    }

    private bool CanMerge(int results)
    {
        if (results <= TaskGroups.MostBeforeMerge)
        {
            return true;
        }

        services.Steps.Warning(string.Create(
            CultureInfo.InvariantCulture, $"The results are in more than {TaskGroups.MostBeforeMerge} files, which is too many for a merge on the pool; receive and merge them here."));
        return false;
    }

    private async Task<string[]> ResultsAsync(JobRecord record, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredBlob> blobs = await new ResultBlobs(services).ListAsync(record.Container, record.PlanHash, cancellationToken).ConfigureAwait(false);
        return [.. blobs.Select(blob => blob.Name)];
    }

    // From here on other sessions see that the job is being submitted.
    private async Task<(JobRecord Record, string RunId)> EnterAsync(
        JobSurvey survey, Submitter submitter, PoolChoice pool, bool merges, Undo undo, CancellationToken cancellationToken)
    {
        string done = IndexRanges.Format(Enumerable.Range(0, survey.Record.Tasks).Where(survey.Ledger.IsDone));
        JobRecord before = survey.Record;
        string runId = "";
        JobRecord record = await records.UpdateAsync(
            before.Id,
            latest =>
            {
                if (latest.Submitting is not null && !latest.IsAbandoned(services.Time))
                {
                    throw new BatchJobException(
                        "JobBeingSubmitted", $"The job '{latest.Id}' is being submitted by someone else on '{latest.Submitter?.Machine}'. Wait until it runs.", latest.Id);
                }

                before = latest;
                runId = JobLayout.RunId(latest.Id, latest.Runs.Count + 1);
                return latest with
                {
                    DoneBefore = done,
                    MergeOnNode = merges,
                    PoolId = services.Config.PoolId,
                    MadePool = (latest.MadePool && latest.PoolId == services.Config.PoolId) || (pool.Existing is null && services.Config.PoolId is not null),
                    Stopped = null,
                    Submitting = submitter.Began,
                    Submitter = submitter,
                    Runs = [.. latest.Runs, runId],
                };
            },
            cancellationToken).ConfigureAwait(false);
        undo.Add($"run '{runId}' in the job's record", token => records.UpdateAsync(before.Id, _ => before with { Submitting = null, Submitter = null }, token));
        return (record, runId);
    }
}
