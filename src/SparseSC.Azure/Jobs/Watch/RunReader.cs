using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Asks the Batch service about the runs of jobs and their pools, and for no more than is needed.</summary>
internal sealed class RunReader(AzureServices services)
{
    private static readonly string[] JobMembers = ["id", "state", "stateTransitionTime", "creationTime", "onAllTasksComplete", "executionInfo", "poolInfo", "jobPreparationTask", "metadata"];
    private static readonly string[] TaskMembers = ["id", "displayName", "state", "stateTransitionTime", "executionInfo"];
    private static readonly string[] FullTaskMembers = [.. TaskMembers, "nodeInfo", "constraints"];
    private static readonly string[] PoolMembers =
    [
        "id", "state", "creationTime", "allocationState", "allocationStateTransitionTime", "resizeErrors", "targetDedicatedNodes", "targetLowPriorityNodes",
        "enableAutoScale", "autoScaleEvaluationInterval", "autoScaleRun",
    ];

    /// <summary>A run as a job of the service; <c>null</c> when there is none, it is on its way out, or its id was given to another job since.</summary>
    public async Task<BatchJob?> FindRunAsync(JobRecord record, string batchJobId, CancellationToken cancellationToken)
    {
        BatchJob? run = await BatchCall.FindAsync(
            $"look up the job '{batchJobId}'",
            () => services.Batch.Jobs.GetAsync(batchJobId, JobMembers, cancellationToken),
            cancellationToken,
            record.Id).ConfigureAwait(false);
        bool isOurs = run?.Metadata?.Any(item => item.Name == JobLayout.JobMetadata && item.Value == record.Id) == true;
        return isOurs && run!.State != BatchJobState.Deleting ? run : null;
    }

    /// <summary>The tasks of a run that is there.</summary>
    /// <param name="batchJobId">The run.</param>
    /// <param name="full">Whether nodes and limits are wanted, too.</param>
    /// <param name="since">Only those whose state changed since then; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async Task<List<BatchTask>> ListTasksAsync(string batchJobId, bool full, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        string? filter = since is { } time ? $"stateTransitionTime ge datetime'{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}'" : null;
        List<BatchTask> tasks = [];
        await foreach (BatchTask task in BatchCall.ListAsync(
            $"list the tasks of the job '{batchJobId}'",
            services.Batch.Tasks.ListAsync(batchJobId, filter, full ? FullTaskMembers : TaskMembers, cancellationToken),
            cancellationToken,
            batchJobId).ConfigureAwait(false))
        {
            tasks.Add(task);
        }

        return tasks;
    }

    /// <summary>One task with all that can be told of it; <c>null</c> when it is gone.</summary>
    public Task<BatchTask?> FindTaskAsync(string batchJobId, string taskId, CancellationToken cancellationToken) => BatchCall.FindAsync(
        $"look up the task '{taskId}' of the job '{batchJobId}'",
        () => services.Batch.Tasks.GetAsync(batchJobId, taskId, FullTaskMembers, cancellationToken),
        cancellationToken,
        batchJobId);

    /// <summary>How many tasks of a run are in which state; the numbers can be a little old.</summary>
    public async Task<BatchTaskCounts> CountTasksAsync(string batchJobId, CancellationToken cancellationToken) => (await BatchCall.RunAsync(
        $"count the tasks of the job '{batchJobId}'",
        () => services.Batch.Tasks.GetCountsAsync(batchJobId, cancellationToken),
        cancellationToken,
        batchJobId).ConfigureAwait(false)).Value.TaskCounts;

    /// <summary>The pool of a run, and of its nodes what explains why tasks wait.</summary>
    /// <param name="poolId">The pool.</param>
    /// <param name="run">The run.</param>
    /// <param name="tasksRun">Whether any task runs, so that nothing has to be explained.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PoolSnapshot> LookAtPoolAsync(string poolId, BatchJob run, bool tasksRun, CancellationToken cancellationToken)
    {
        PoolSnapshot sight = new()
        {
            PoolId = poolId,
            Pool = await BatchCall.FindAsync(
                $"look up the pool '{poolId}'", () => services.Batch.Pools.GetAsync(poolId, PoolMembers, cancellationToken), cancellationToken, run.Id).ConfigureAwait(false),
        };
        if (sight.Pool is null)
        {
            return sight;
        }

        List<BatchPoolNodeCounts> counts = await FirstAsync(
            $"count the nodes of the pool '{poolId}'", services.Batch.Pools.ListNodeCountsAsync($"poolId eq '{poolId}'", cancellationToken), run.Id, 1, cancellationToken).ConfigureAwait(false);
        sight = sight with { Counts = counts.Count > 0 ? counts[0] : null };
        if (tasksRun)
        {
            return sight;
        }

        return sight with
        {
            BadNodes = sight.Bad == 0 ? [] : await FirstAsync(
                $"list the nodes of the pool '{poolId}'",
                services.Batch.Nodes.ListAsync(poolId, "state eq 'starttaskfailed' or state eq 'unusable'", ["id", "state", "startTaskInfo", "errors"], cancellationToken),
                run.Id,
                5,
                cancellationToken).ConfigureAwait(false),
            FailedPreparations = run.JobPreparationTask is null ? [] : await FailedPreparationsAsync(run.Id, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<List<BatchJobNodeTaskStatus>> FailedPreparationsAsync(string batchJobId, CancellationToken cancellationToken)
    {
        List<BatchJobNodeTaskStatus> all = await FirstAsync(
            $"look at the preparation of the job '{batchJobId}'",
            services.Batch.Jobs.ListPreparationAndReleaseStatusAsync(batchJobId, select: ["poolId", "nodeId", "jobPreparationTaskExecutionInfo"], cancellationToken: cancellationToken),
            batchJobId,
            int.MaxValue,
            cancellationToken).ConfigureAwait(false);
        return [.. all.Where(node => node.JobPreparationTaskExecutionInfo is { State: BatchNodeTaskState.Completed, Result: BatchTaskExecutionResult.Failure })];
    }

    private static async Task<List<T>> FirstAsync<T>(string action, global::Azure.AsyncPageable<T> list, string jobId, int most, CancellationToken cancellationToken)
        where T : notnull
    {
        List<T> items = [];
        await foreach (T item in BatchCall.ListAsync(action, list, cancellationToken, jobId).ConfigureAwait(false))
        {
            items.Add(item);
            if (items.Count >= most)
            {
                break;
            }
        }

        return items;
    }
}
