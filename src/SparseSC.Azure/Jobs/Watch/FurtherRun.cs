using System.Globalization;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Starts a further run of a job for tasks that failed in earlier ones. The plan is taken from storage, so any machine can do it.</summary>
internal sealed class FurtherRun(AzureServices services)
{
    /// <summary>Submits the run.</summary>
    /// <param name="survey">The job.</param>
    /// <param name="tasks">The tasks to run again.</param>
    /// <param name="vmSize">The size of machines in a pool of their own; <c>null</c> for the pool of the settings.</param>
    /// <param name="cancellationToken">Stops it; what was made is taken back.</param>
    /// <returns>The record with the run.</returns>
    public async Task<JobRecord> StartAsync(JobSurvey survey, IReadOnlyList<RunTask> tasks, string? vmSize, CancellationToken cancellationToken)
    {
        AzureServices on = vmSize is null ? services : services.OnPoolOfItsOwn(vmSize);
        int[][] groups = [.. tasks.Select(task => task.PlanTasks.Where(index => !survey.Ledger.IsDone(index)).Order().ToArray()).Where(group => group.Length > 0).OrderBy(group => group[0])];
        Submitter submitter = Submitter.Begin(services.Time);
        try
        {
            JobRecord record = await SubmissionWork.RunAsync(
                services, survey.Record, submitter, (claim, rollback, token) => StartAsync(on, survey, groups, submitter, claim, rollback, token), cancellationToken).ConfigureAwait(false);
            services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"{tasks.Count} tasks of the job '{record.Id}' run again as '{record.Runs[^1].Id}'."));
            return record;
        }
        finally
        {
            submitter.End();
        }
    }

    private async Task<JobRecord> StartAsync(
        AzureServices on, JobSurvey survey, int[][] groups, Submitter submitter, SubmissionClaim claim, SubmissionRollback rollback, CancellationToken cancellationToken)
    {
        PoolProvision pools = new(on);
        PoolChoice pool = await pools.ChooseAsync(cancellationToken).ConfigureAwait(false);
        JobRecord record = await EnterRunAsync(on != services, survey, submitter, pool, rollback, cancellationToken).ConfigureAwait(false);
        StorageContainer outputs = services.OutputsOf(record.Runs[^1]);
        await new PlanUpload(services).OutputsAsync(record.PlanHash, outputs, rollback, cancellationToken).ConfigureAwait(false);
        RunPlan run = new()
        {
            Record = record,
            Run = record.Runs[^1],
            Groups = groups,
            TimeLimit = TaskGroups.LimitFor(groups, null, services.Config),
            Pool = await pools.ProvideAsync(pool, record, groups.Length, submitter.Id, claim, rollback, cancellationToken).ConfigureAwait(false),
            SubmissionId = submitter.Id,
            ResultContainers = [.. record.Runs.Select(one => one.Container)],
            Registry = pool.Existing is null ? null : PoolBuilder.Registry(on.Config, on.RegistryPassword),
        };
        await new RunSubmission(services).SubmitAsync(run, rollback, cancellationToken).ConfigureAwait(false);
        return await services.Records.UpdateAsync(record.Id, latest => JobRecords.Settle(latest, submitter), cancellationToken).ConfigureAwait(false);
    }

    // From here on other sessions see that the job is being submitted.
    private Task<JobRecord> EnterRunAsync(bool hasOwnPool, JobSurvey survey, Submitter submitter, PoolChoice pool, SubmissionRollback rollback, CancellationToken cancellationToken)
    {
        string done = IndexRanges.Format(Enumerable.Range(0, survey.Record.Tasks).Where(survey.Ledger.IsDone));
        return services.Records.EnterRunAsync(
            survey.Record,
            latest =>
            {
                // A pool of its own dies with the run, so the job keeps the one it has.
                JobRecord entered = RunEntry.Add(latest, services.Config, done, pool, submitter);
                return hasOwnPool ? entered with { PoolId = latest.PoolId, MadePool = latest.MadePool } : entered;
            },
            submitter,
            rollback,
            cancellationToken);
    }
}
