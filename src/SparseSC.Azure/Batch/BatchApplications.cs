using Azure;
using Azure.Core;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>Applications of an account whose packages nodes can install.</summary>
internal sealed class BatchApplications
{
    private readonly BatchConnection _connection;

    internal BatchApplications(BatchConnection connection) => _connection = connection;

    /// <summary>All applications that have a package ready.</summary>
    public AsyncPageable<BatchApplication> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.List<BatchApplication>(new BatchAddress("applications"), cancellationToken);

    /// <summary>Looks an application up.</summary>
    public Task<Response<BatchApplication>> GetAsync(string applicationId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<BatchApplication>(_connection.Create(RequestMethod.Get, new BatchAddress("applications", applicationId)), cancellationToken);
}
