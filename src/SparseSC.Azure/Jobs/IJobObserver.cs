using SparseSC.Core.Jobs;

namespace SparseSC.Azure.Jobs;

/// <summary>Looks at jobs and tasks, and changes nothing.</summary>
internal interface IJobObserver
{
    /// <summary>A job as it stands.</summary>
    Task<BatchJob> LookAsync(JobRecord record, CancellationToken cancellationToken);

    /// <summary>Every job on record, the newest first.</summary>
    IAsyncEnumerable<BatchJob> ListAsync(CancellationToken cancellationToken);

    /// <summary>The tasks of a job over all its runs, in order of their ids; of a task that ran in several runs, the latest.</summary>
    IAsyncEnumerable<JobTask> ListTasksAsync(JobRecord record, CancellationToken cancellationToken);

    /// <summary>What the runs of a task wrote, the latest last.</summary>
    IAsyncEnumerable<JobTaskOutput> ReadOutputAsync(JobRecord record, string taskId, CancellationToken cancellationToken);
}
