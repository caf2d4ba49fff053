using System.Globalization;
using Azure;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Makes a run: the service's job, all of its tasks, and the word that it ends with them.</summary>
/// <remarks>What the tasks read has to be in storage before. Used for first runs, and for further ones alike.</remarks>
internal sealed class RunSubmission(AzureServices services)
{
    /// <summary>Submits a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rollback">Learns how to take back what was made.</param>
    /// <param name="cancellationToken">Stops it; what was made is then for <paramref name="rollback"/>.</param>
    /// <exception cref="BatchJobException">The service refuses; the id may be taken (<c>JobIdInUse</c>), or tasks refused (<c>TasksRefused</c>).</exception>
    public async Task SubmitAsync(RunPlan run, SubmissionRollback rollback, CancellationToken cancellationToken)
    {
        RunFiles files = await new RunFilesBuilder(services).BuildAsync(run, cancellationToken).ConfigureAwait(false);
        TaskBuilder builder = new(services.Config, run.RunId, files, run.Registry, run.TimeLimit);
        bool merges = run.Record.MergeOnNode;
        GroupOrder order = run.Order;

        services.Steps.Detail($"Making the job '{run.RunId}'.");
        rollback.Add($"job '{run.RunId}'", token => DeleteIfOursAsync(run, token));
        await BatchCall.RunAsync($"make the job '{run.RunId}'", () => CreateAsync(run, builder.Preparation(), cancellationToken), cancellationToken, run.RunId).ConfigureAwait(false);

        if (run.Groups.Count > 0)
        {
            await AddAsync(run, run.Groups.Select((group, number) => builder.Group(number, group, merges, order)), run.Groups.Count, cancellationToken).ConfigureAwait(false);
        }

        if (merges)
        {
            await AddAsync(run, [builder.Merge(order.Last)], 1, cancellationToken).ConfigureAwait(false);
        }

        // Only now: a job without tasks counts as complete.
        await BatchCall.RunAsync(
            $"let the job '{run.RunId}' end with its tasks", () => EndWithTasksAsync(run.RunId, cancellationToken), cancellationToken, run.RunId).ConfigureAwait(false);
    }

    private async Task<bool> EndWithTasksAsync(string runId, CancellationToken cancellationToken)
    {
        BatchJobUpdateOptions end = new() { OnAllTasksComplete = BatchAllTasksCompleteMode.TerminateJob };
        try
        {
            await services.Batch.Jobs.UpdateAsync(runId, end, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException error) when (error.ErrorCode is "JobCompleted" or "JobTerminating" or "JobBeingTerminated")
        {
            // An attempt whose answer was lost may have told it, and the tasks were done before the next attempt.
            BatchJob there = (await services.Batch.Jobs.GetAsync(runId, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            if (there.OnAllTasksComplete != BatchAllTasksCompleteMode.TerminateJob)
            {
                throw;
            }
        }

        return true;
    }

    private async Task<bool> CreateAsync(RunPlan run, BatchJobPreparationTask? preparation, CancellationToken cancellationToken)
    {
        BatchJobCreateOptions job = new()
        {
            Id = run.RunId,
            PoolInfo = run.Pool,
            Priority = services.Config.JobPriority,
            JobPreparationTask = preparation,
            UsesTaskDependencies = run.Record.MergeOnNode || run.Order.HasWaiting ? true : null,
            OnAllTasksComplete = BatchAllTasksCompleteMode.NoAction,
            Metadata = RunMetadata.Of(run),
        };
        try
        {
            await services.Batch.Jobs.CreateAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException error) when (error.ErrorCode == "JobExists")
        {
            // An attempt whose answer was lost may have made it.
            BatchJob there = (await services.Batch.Jobs.GetAsync(run.RunId, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            if (!IsOurs(there, run))
            {
                throw new BatchJobException(
                    ErrorIds.JobIdInUse, $"{{JobId}} '{run.RunId}' is taken by another job of the Batch account. Give another id, or none to have one made.", run.RunId);
            }
        }

        return true;
    }

    private async Task AddAsync(RunPlan run, IEnumerable<BatchTaskCreateOptions> tasks, int count, CancellationToken cancellationToken)
    {
        services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"Adding {count} {(count == 1 ? "task" : "tasks")} to the job '{run.RunId}'."));
        BatchTaskAddOptions options = new()
        {
            Progress = new SynchronousProgress<int>(settled => services.Steps.Progress("Adding tasks", settled, count)),
        };
        IReadOnlyList<BatchTaskAddResult> results = await BatchCall.RunAsync(
            $"add tasks to the job '{run.RunId}'",
            () => services.Batch.Tasks.AddCollectionAsync(run.RunId, tasks, options, cancellationToken),
            cancellationToken,
            run.RunId).ConfigureAwait(false);
        BatchTaskAddResult[] refused = [.. results.Where(result => !result.IsInJob)];
        if (refused.Length > 0)
        {
            BatchError? first = refused[0].Error;
            throw new BatchJobException(
                "TasksRefused",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Azure Batch did not take {refused.Length} of {count} tasks of the job '{run.RunId}'; task '{refused[0].TaskId}': {first?.Code} {BatchFailure.Redact(first?.Message?.Value ?? "")}").TrimEnd(),
                run.RunId);
        }
    }

    private async Task<bool> DeleteIfOursAsync(RunPlan run, CancellationToken cancellationToken)
    {
        BatchRuns runs = new(services);
        bool isThere = await runs.FindAsync(run.RunId, cancellationToken).ConfigureAwait(false) is { } job && IsOurs(job, run);
        if (isThere)
        {
            await runs.DeleteAsync([run.RunId], cancellationToken).ConfigureAwait(false);
        }

        return isThere;
    }

    private static bool IsOurs(BatchJob job, RunPlan run) => BatchRuns.MetadataOf(job, JobLayout.SubmissionMetadata) == run.SubmissionId;
}
