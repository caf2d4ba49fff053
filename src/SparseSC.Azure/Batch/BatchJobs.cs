using Azure;
using Azure.Core;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>Jobs of an account.</summary>
internal sealed class BatchJobs
{
    private readonly BatchConnection _connection;

    internal BatchJobs(BatchConnection connection) => _connection = connection;

    /// <summary>Makes a job.</summary>
    public Task<Response> CreateAsync(BatchJobCreateOptions job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _connection.SendAsync(_connection.Create(RequestMethod.Post, new BatchAddress("jobs"), job), cancellationToken);
    }

    /// <summary>Looks a job up.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Response<BatchJob>> GetAsync(string jobId, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<BatchJob>(_connection.Create(RequestMethod.Get, Job(jobId).With("$select", select)), cancellationToken);

    /// <summary>All jobs.</summary>
    /// <param name="filter">An OData condition, such as <c>state eq 'active'</c>.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchJob> ListAsync(string? filter = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.List<BatchJob>(new BatchAddress("jobs").With("$filter", filter).With("$select", select), cancellationToken);

    /// <summary>How the job's preparation and release did on each node. Tasks wait for ever where a preparation failed.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="filter">An OData condition.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchJobNodeTaskStatus> ListPreparationAndReleaseStatusAsync(
        string jobId, string? filter = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.List<BatchJobNodeTaskStatus>(
            new BatchAddress("jobs", jobId, "jobpreparationandreleasetaskstatus").With("$filter", filter).With("$select", select), cancellationToken);

    /// <summary>Changes what is given and leaves the rest.</summary>
    public Task<Response> UpdateAsync(string jobId, BatchJobUpdateOptions changes, RequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return _connection.SendAsync(_connection.Create(RequestMethod.Patch, Job(jobId), changes).When(conditions), cancellationToken);
    }

    /// <summary>Ends a job; its running tasks are stopped, its files stay.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="reason">Kept with the job; <c>null</c> for <c>UserTerminate</c>.</param>
    /// <param name="force">Ends it even if the service is in trouble with it.</param>
    /// <param name="conditions">Under which it is done.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Response> TerminateAsync(
        string jobId, string? reason = null, bool force = false, RequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        BatchAddress address = new BatchAddress("jobs", jobId, "terminate").With("force", force);
        HttpMessage message = _connection.Create(RequestMethod.Post, address, new BatchJobTerminateOptions(reason));
        return _connection.SendAsync(message.When(conditions), cancellationToken);
    }

    /// <summary>Asks a job to go, with its tasks and their files. Its id is free when that has finished.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="force">Deletes it even if the service is in trouble with it.</param>
    /// <param name="conditions">Under which it is done.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Response> DeleteAsync(string jobId, bool force = false, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(_connection.Create(RequestMethod.Delete, Job(jobId).With("force", force)).When(conditions), cancellationToken);

    private static BatchAddress Job(string jobId) => new("jobs", jobId);
}
