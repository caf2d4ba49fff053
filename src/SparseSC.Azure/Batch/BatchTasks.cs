using Azure;
using Azure.Core;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Azure.Batch.Submission;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Batch;

/// <summary>Tasks of jobs.</summary>
internal sealed class BatchTasks
{
    private readonly BatchConnection _connection;

    internal BatchTasks(BatchConnection connection) => _connection = connection;

    /// <summary>Adds one task. Many go faster by <see cref="AddCollectionAsync"/>.</summary>
    public Task<Response> AddAsync(string jobId, BatchTaskCreateOptions task, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return _connection.SendAsync(_connection.Create(RequestMethod.Post, new BatchAddress("jobs", jobId, "tasks"), task), cancellationToken);
    }

    /// <summary>Adds any number of tasks, many in a request and several requests at once.</summary>
    /// <remarks>
    /// A request takes at most 100 tasks and less than 1 MB, and is halved when the service still finds it too large. Tasks that the
    /// service failed at are sent again under the same ids; if they turn out to be there, that is success.
    /// </remarks>
    /// <param name="jobId">The job's id.</param>
    /// <param name="tasks">The tasks; no id may occur twice.</param>
    /// <param name="options">How; <c>null</c> for the defaults.</param>
    /// <param name="cancellationToken">Ends it; tasks that were added stay.</param>
    /// <returns>What became of each task, in the order given. A task that the service refuses does not keep others out.</returns>
    /// <exception cref="InvalidInputException">An id occurs twice (<c>BatchTaskIdDuplicate</c>); nothing was sent.</exception>
    /// <exception cref="RequestFailedException">The service refused a request as a whole, say because there is no such job. Tasks of
    /// other requests may have been added.</exception>
    public Task<IReadOnlyList<BatchTaskAddResult>> AddCollectionAsync(
        string jobId, IEnumerable<BatchTaskCreateOptions> tasks, BatchTaskAddOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return new TaskSubmission(_connection, jobId, options ?? new BatchTaskAddOptions()).RunAsync(tasks, cancellationToken);
    }

    /// <summary>The tasks of a job.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="filter">An OData condition, such as <c>state eq 'completed' and executionInfo/exitCode ne 0</c>.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all. Long lists come much faster with few.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchTask> ListAsync(
        string jobId, string? filter = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.List<BatchTask>(new BatchAddress("jobs", jobId, "tasks").With("$filter", filter).With("$select", select), cancellationToken);

    /// <summary>Looks a task up.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="taskId">The task's id.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Response<BatchTask>> GetAsync(
        string jobId, string taskId, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<BatchTask>(
            _connection.Create(RequestMethod.Get, new BatchAddress("jobs", jobId, "tasks", taskId).With("$select", select)), cancellationToken);

    /// <summary>Ends a task; it counts as failed.</summary>
    public Task<Response> TerminateAsync(string jobId, string taskId, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(_connection.Create(RequestMethod.Post, new BatchAddress("jobs", jobId, "tasks", taskId, "terminate")).When(conditions), cancellationToken);

    /// <summary>Lets a failed task run again, with all its retries. Its job must not have ended, and its earlier files may be lost.</summary>
    public Task<Response> ReactivateAsync(string jobId, string taskId, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(_connection.Create(RequestMethod.Post, new BatchAddress("jobs", jobId, "tasks", taskId, "reactivate")).When(conditions), cancellationToken);

    /// <summary>Deletes a task with its files.</summary>
    public Task<Response> DeleteAsync(string jobId, string taskId, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(_connection.Create(RequestMethod.Delete, new BatchAddress("jobs", jobId, "tasks", taskId)).When(conditions), cancellationToken);

    /// <summary>How many tasks of a job are in which state. The numbers can be a little old: list the tasks for exact ones.</summary>
    public Task<Response<BatchTaskCountsResult>> GetCountsAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<BatchTaskCountsResult>(_connection.Create(RequestMethod.Get, new BatchAddress("jobs", jobId, "taskcounts")), cancellationToken);
}
