using Azure;
using Azure.Core;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>Pools of an account.</summary>
internal sealed class BatchPools
{
    private readonly BatchConnection _connection;

    internal BatchPools(BatchConnection connection) => _connection = connection;

    /// <summary>Makes a pool. It is there when this returns; its nodes come later.</summary>
    public Task<Response> CreateAsync(BatchPoolCreateOptions pool, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return _connection.SendAsync(_connection.Create(RequestMethod.Post, new BatchAddress("pools"), pool), cancellationToken);
    }

    /// <summary>Looks a pool up.</summary>
    /// <param name="poolId">The pool's id.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Response<BatchPool>> GetAsync(string poolId, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<BatchPool>(_connection.Create(RequestMethod.Get, Pool(poolId).With("$select", select)), cancellationToken);

    /// <summary>Whether there is such a pool.</summary>
    public Task<Response<bool>> ExistsAsync(string poolId, CancellationToken cancellationToken = default) =>
        _connection.ExistsAsync(_connection.Create(RequestMethod.Head, Pool(poolId)), cancellationToken);

    /// <summary>All pools.</summary>
    /// <param name="filter">An OData condition, such as <c>state eq 'active'</c>.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchPool> ListAsync(string? filter = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.List<BatchPool>(new BatchAddress("pools").With("$filter", filter).With("$select", select), cancellationToken);

    /// <summary>How many nodes of each pool are in which state.</summary>
    /// <param name="filter">An OData condition, such as <c>poolId eq 'p'</c>.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchPoolNodeCounts> ListNodeCountsAsync(string? filter = null, CancellationToken cancellationToken = default) =>
        _connection.List<BatchPoolNodeCounts>(new BatchAddress("nodecounts").With("$filter", filter), cancellationToken);

    /// <summary>Changes some properties of a pool; what is not given stays.</summary>
    public Task<Response> UpdateAsync(string poolId, BatchPoolUpdateOptions pool, RequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return _connection.SendAsync(_connection.Create(RequestMethod.Patch, Pool(poolId), pool).When(conditions), cancellationToken);
    }

    /// <summary>Asks a pool to go. It is gone some time later; tasks on it are queued again.</summary>
    public Task<Response> DeleteAsync(string poolId, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(_connection.Create(RequestMethod.Delete, Pool(poolId)).When(conditions), cancellationToken);

    /// <summary>Asks for a new size. The pool must be steady and without autoscale.</summary>
    public Task<Response> ResizeAsync(string poolId, BatchPoolResizeOptions size, RequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(size);
        return _connection.SendAsync(_connection.Create(RequestMethod.Post, Pool(poolId, "resize"), size).When(conditions), cancellationToken);
    }

    /// <summary>Asks a change of size to stop where it is.</summary>
    public Task<Response> StopResizeAsync(string poolId, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(_connection.Create(RequestMethod.Post, Pool(poolId, "stopresize")).When(conditions), cancellationToken);

    /// <summary>Turns autoscale on, or changes it.</summary>
    public Task<Response> EnableAutoScaleAsync(
        string poolId, BatchPoolEnableAutoScaleOptions autoScale, RequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(autoScale);
        return _connection.SendAsync(_connection.Create(RequestMethod.Post, Pool(poolId, "enableautoscale"), autoScale).When(conditions), cancellationToken);
    }

    /// <summary>Turns autoscale off; the pool keeps the size it has.</summary>
    public Task<Response> DisableAutoScaleAsync(string poolId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(_connection.Create(RequestMethod.Post, Pool(poolId, "disableautoscale")), cancellationToken);

    /// <summary>Says what a formula would come to now, and changes nothing. Autoscale must be on.</summary>
    public Task<Response<BatchAutoScaleRun>> EvaluateAutoScaleAsync(string poolId, string formula, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        HttpMessage message = _connection.Create(RequestMethod.Post, Pool(poolId, "evaluateautoscale"), new BatchPoolEvaluateAutoScaleOptions(formula));
        return _connection.SendAsync<BatchAutoScaleRun>(message, cancellationToken);
    }

    private static BatchAddress Pool(string poolId) => new("pools", poolId);

    private static BatchAddress Pool(string poolId, string verb) => new("pools", poolId, verb);
}
