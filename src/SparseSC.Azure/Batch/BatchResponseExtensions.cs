using Azure;
using Azure.Core;

namespace SparseSC.Azure.Batch;

/// <summary>Reads headers in an answer of the Batch service that Azure.Core does not.</summary>
internal static class BatchResponseExtensions
{
    /// <summary>The tag of what was made, changed or read; <c>null</c> when the answer has none.</summary>
    /// <remarks>The service writes tags without quotes, and <see cref="ResponseHeaders.ETag"/> throws at those.</remarks>
    public static ETag? GetBatchETag(this Response response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Headers.TryGetValue("ETag", out string? tag) && tag.Length > 0 ? new ETag(tag) : null;
    }
}
