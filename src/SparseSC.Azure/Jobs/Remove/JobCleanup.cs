using System.Globalization;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using BatchJob = SparseSC.Azure.Batch.BatchJob;

namespace SparseSC.Azure.Jobs.Remove;

/// <summary>Removes what is asked for of a job. Everything that can be refused is refused before anything is removed.</summary>
internal sealed class JobCleanup(AzureServices services)
{
    private const int MostNamed = 3;
    private static readonly string[] PoolOfJob = ["id", "state", "poolInfo", "executionInfo"];

    private readonly BatchRuns _runs = new(services);
    private readonly JobRecords _records = services.Records;

    /// <summary>Removes it; a running job, and results that were not received, are refused.</summary>
    public async Task RemoveAsync(JobRecord record, BatchJobRemoval what, CancellationToken cancellationToken)
    {
        IReadOnlyList<BatchJob> ending = await RefuseRunningAsync(record, cancellationToken).ConfigureAwait(false);
        string batchDirectory = what.ReceivedInto ?? record.BatchDirectory;
        if (what.Container && !what.Force)
        {
            await RefuseNotReceivedAsync(record, batchDirectory, cancellationToken).ConfigureAwait(false);
        }

        bool removesPool = what.Pool && record.PoolId is not null;
        if (removesPool)
        {
            await RefusePoolInUseAsync(record, cancellationToken).ConfigureAwait(false);
        }

        BatchPlan? plan = what.BatchDirectory ? OpenPlan(record, batchDirectory) : null;

        await _runs.EndAsync(ending, "RemovedByUser", cancellationToken).ConfigureAwait(false);
        await RemoveAsync(record, what, removesPool, cancellationToken).ConfigureAwait(false);
        if (plan is not null)
        {
            services.Steps.Detail($"Deleting the plan in '{plan.Directory}'.");
            plan.Delete();
        }
    }

    // The record goes last: as long as it is there, a removal that was cut off can be made again.
    private async Task RemoveAsync(JobRecord record, BatchJobRemoval what, bool removesPool, CancellationToken cancellationToken)
    {
        StoredPlan stored = new(services, record);
        if (what.Job)
        {
            services.Steps.Detail($"Deleting the job '{record.Id}' with its tasks.");
            await _runs.DeleteAsync(await OursAsync(record, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (!what.Container)
            {
                await stored.RemoveLogsAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (removesPool)
        {
            services.Steps.Detail($"Deleting the pool '{record.PoolId}'.");
            await BatchCall.EndAsync(
                $"delete the pool '{record.PoolId}'",
                () => services.Batch.Pools.DeleteAsync(record.PoolId!, cancellationToken: cancellationToken),
                cancellationToken,
                record.Id).ConfigureAwait(false);
        }

        if (what.Container)
        {
            await stored.RemoveOutputsAsync(cancellationToken).ConfigureAwait(false);
        }

        if (what.Job || what.Container)
        {
            await stored.RemoveInputsAsync(cancellationToken).ConfigureAwait(false);
        }

        if (what.Job)
        {
            await _records.RemoveAsync(record, cancellationToken).ConfigureAwait(false);
        }
        else if (what.Container)
        {
            await _records.UpdateAsync(record.Id, latest => latest with { ResultsRemoved = services.Time.GetUtcNow() }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<BatchJob>> RefuseRunningAsync(JobRecord record, CancellationToken cancellationToken)
    {
        IReadOnlyList<BatchJob> open = await _runs.OpenAsync(record, cancellationToken).ConfigureAwait(false);

        // What a killed submission left never ends by itself, and stopping it is what whoever removes it wants.
        bool isRunning = open.Any(BatchRuns.IsActive) && !record.IsAbandoned;
        return record.IsBeingSubmitted || isRunning
            ? throw new BatchJobException(ErrorIds.JobIsRunning, $"Job '{record.Id}' is running. Stop it before it is removed.", record.Id)
            : open;
    }

    private async Task RefuseNotReceivedAsync(JobRecord record, string batchDirectory, CancellationToken cancellationToken)
    {
        services.Steps.Detail($"Comparing the results in storage with those in '{batchDirectory}'.");
        IReadOnlyList<string> missing = await new ResultBlobs(services)
            .NotReceivedAsync(
                await new StoredPlan(services, record).OutputsAsync(cancellationToken).ConfigureAwait(false), record.MergeOnNode, batchDirectory, cancellationToken)
            .ConfigureAwait(false);
        if (missing.Count > 0)
        {
            string named = string.Join(", ", missing.Take(MostNamed).Select(name => $"'{Path.GetFileName(name)}'"));
            throw new BatchJobException(
                ErrorIds.ResultsNotReceived,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{missing.Count} results of job '{record.Id}' are in storage and not in '{batchDirectory}' ({named}{(missing.Count > MostNamed ? ", …" : "")}). Receive them first, name the batch directory that holds them, or remove the container with {{Force}}."),
                record.Id);
        }
    }

    private async Task RefusePoolInUseAsync(JobRecord record, CancellationToken cancellationToken)
    {
        await foreach (BatchJob job in BatchCall.ListAsync(
            "list jobs", services.Batch.Jobs.ListAsync("state eq 'active'", PoolOfJob, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            bool isThere = string.Equals(job.PoolInfo?.PoolId ?? job.ExecutionInfo?.PoolId, record.PoolId, StringComparison.OrdinalIgnoreCase);
            if (isThere && record.FindRun(job.Id) is null)
            {
                throw new BatchJobException(
                    ErrorIds.PoolInUse, $"The pool '{record.PoolId}' of job '{record.Id}' is used by the job '{job.Id}', which is active. End that one first, or keep the pool.", record.Id);
            }
        }
    }

    private async Task<IReadOnlyList<string>> OursAsync(JobRecord record, CancellationToken cancellationToken)
    {
        List<string> ours = [];
        foreach (string run in record.Runs.Select(run => run.Id))
        {
            if (await _runs.FindAsync(run, cancellationToken).ConfigureAwait(false) is { } job && BatchRuns.IsOf(job, record))
            {
                ours.Add(run);
            }
        }

        return ours;
    }

    private static BatchPlan? OpenPlan(JobRecord record, string batchDirectory)
    {
        if (!Directory.Exists(batchDirectory))
        {
            return null;
        }

        BatchPlan plan;
        try
        {
            plan = BatchPlans.Load(batchDirectory);
        }
        catch (BatchPlanException error) when (error.ErrorId == ErrorIds.PlanNotFound)
        {
            // A plan that was removed before is removed; whatever else is in the folder is none of ours.
            return null;
        }

        return plan.Hash == record.PlanHash ? plan : throw new BatchPlanException(
            "PlanMismatch", $"'{batchDirectory}' holds another plan than the one of job '{record.Id}', so it is not removed.");
    }
}
