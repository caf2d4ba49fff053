using Azure;
using Azure.Core;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>Nodes of pools.</summary>
internal sealed class BatchNodes
{
    private readonly BatchConnection _connection;

    internal BatchNodes(BatchConnection connection) => _connection = connection;

    /// <summary>The nodes of a pool.</summary>
    /// <param name="poolId">The pool's id.</param>
    /// <param name="filter">An OData condition, such as <c>state eq 'unusable'</c>.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchNode> ListAsync(
        string poolId, string? filter = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.List<BatchNode>(new BatchAddress("pools", poolId, "nodes").With("$filter", filter).With("$select", select), cancellationToken);

    /// <summary>Looks a node up.</summary>
    /// <param name="poolId">The pool's id.</param>
    /// <param name="nodeId">The node's id.</param>
    /// <param name="select">The members wanted, by their names in the protocol; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Response<BatchNode>> GetAsync(
        string poolId, string nodeId, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<BatchNode>(
            _connection.Create(RequestMethod.Get, new BatchAddress("pools", poolId, "nodes", nodeId).With("$select", select)), cancellationToken);
}
