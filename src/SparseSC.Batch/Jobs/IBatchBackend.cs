using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>A place where batch jobs run. Commands speak to this and know nothing of the place.</summary>
/// <remarks>
/// A backend keeps no state that another session could not find again: a job's id and the configuration are enough.
/// Every method throws <see cref="BatchJobException"/> (<c>JobNotFound</c>) for an id it does not know, and
/// <see cref="OperationCanceledException"/> when cancelled, leaving things so that the same call can be made again.
/// </remarks>
public interface IBatchBackend
{
    /// <summary>How long to wait between two looks at a job that has just been begun to be watched.</summary>
    TimeSpan PollingInterval { get; }

    /// <summary>The longest time between two looks at a job that has been watched for long.</summary>
    TimeSpan LongestPollingInterval { get; }

    /// <summary>Starts the tasks of <paramref name="plan"/> that have no valid result; a job that runs already is not started twice.</summary>
    Task<BatchJobStart> StartAsync(BatchPlan plan, BatchJobRequest request, CancellationToken cancellationToken);

    /// <summary>Looks at one job.</summary>
    Task<BatchJob> GetAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Looks at every job of this backend, the newest first.</summary>
    IAsyncEnumerable<BatchJob> ListAsync(CancellationToken cancellationToken);

    /// <summary>Brings the results that exist into the batch directory and says what is complete and what is missing, and why.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="batchDirectory">A batch directory of the same plan; <c>null</c> takes the one the job was started from.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    Task<BatchResults> CollectAsync(string jobId, string? batchDirectory, CancellationToken cancellationToken);

    /// <summary>Stops the job's tasks and returns when nothing of it runs any more. Results that exist are kept.</summary>
    Task<BatchJob> StopAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Removes what is asked for, and nothing else. A running job is refused.</summary>
    /// <remarks>What was removed before counts as removed, so that a removal that was cut off can be made again.</remarks>
    Task RemoveAsync(string jobId, BatchJobRemoval what, CancellationToken cancellationToken);

    /// <summary>Looks at the job's tasks, in order of their ids.</summary>
    IAsyncEnumerable<JobTask> ListTasksAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The output of a task's runs, the latest run last.</summary>
    /// <exception cref="BatchJobException">There is no such task (<c>TaskNotFound</c>).</exception>
    IAsyncEnumerable<JobTaskOutput> ReadOutputAsync(string jobId, string taskId, CancellationToken cancellationToken);

    /// <summary>Runs failed tasks again; the logs of their earlier runs are kept.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="taskIds">Which of the failed tasks; <c>null</c> for all of them.</param>
    /// <param name="vmSize">The size of machines to run them on, in a pool of their own; <c>null</c> for the pool of the settings.</param>
    /// <param name="cancellationToken">Stops between two tasks.</param>
    /// <returns>The job as it stands then.</returns>
    /// <exception cref="BatchJobException">A named task did not fail (<c>TaskNotFailed</c>) or does not exist (<c>TaskNotFound</c>).</exception>
    /// <exception cref="InvalidInputException">There are no machines of that size, or none at all (<c>VmSizeNotUsed</c>).</exception>
    Task<BatchJob> RestartAsync(string jobId, IReadOnlyCollection<string>? taskIds, string? vmSize, CancellationToken cancellationToken);

    /// <summary>Runs failed tasks again where the settings say.</summary>
    Task<BatchJob> RestartAsync(string jobId, IReadOnlyCollection<string>? taskIds, CancellationToken cancellationToken) =>
        RestartAsync(jobId, taskIds, vmSize: null, cancellationToken);

    /// <summary>Asks the services that the configuration names whether jobs could run, and tells what was found, one thing at a time.</summary>
    IAsyncEnumerable<ConfigFinding> TestAsync(CancellationToken cancellationToken);
}
