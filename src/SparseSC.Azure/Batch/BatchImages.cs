using Azure;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>Images that pools can be made from.</summary>
internal sealed class BatchImages
{
    private readonly BatchConnection _connection;

    internal BatchImages(BatchConnection connection) => _connection = connection;

    /// <summary>The images of the Marketplace that the service supports, each with its node agent.</summary>
    /// <param name="filter">An OData condition, such as <c>osType eq 'linux'</c>.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchSupportedImage> ListAsync(string? filter = null, CancellationToken cancellationToken = default) =>
        _connection.List<BatchSupportedImage>(new BatchAddress("supportedimages").With("$filter", filter), cancellationToken);
}
