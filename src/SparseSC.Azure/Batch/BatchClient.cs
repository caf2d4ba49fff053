using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Batch;

/// <summary>The Azure Batch service, api-version 2025-06-01, for one account.</summary>
/// <remarks>
/// <para>Clients are safe to share between threads, and are meant to be kept. All methods throw <see cref="RequestFailedException"/> when
/// the service refuses: <see cref="RequestFailedException.ErrorCode"/> is the service's code and <see cref="Exception.Data"/> holds its values.</para>
/// <para>Requests that fail for a passing reason (408, 429, 500, 502, 503, 504, a lost connection) are sent again as
/// <see cref="ClientOptions.Retry"/> says, and not before the time in <c>Retry-After</c>. A request may therefore have been carried out by
/// an attempt whose answer was lost: a create can then say that the thing exists, a delete that it does not.</para>
/// </remarks>
internal sealed class BatchClient
{
    /// <summary>Creates a client that signs in with a token of Microsoft Entra ID.</summary>
    /// <param name="endpoint">The account's address, <c>https://{account}.{region}.batch.azure.com</c>.</param>
    /// <param name="credential">Where tokens come from.</param>
    /// <param name="options">Settings; <c>null</c> for the defaults.</param>
    /// <exception cref="InvalidInputException">The address cannot be one (<c>BatchEndpointInvalid</c>), or would send the token in the clear
    /// (<c>BatchEndpointNotHttps</c>).</exception>
    public BatchClient(Uri endpoint, TokenCredential credential, BatchClientOptions? options = null)
        : this(endpoint, Authentication(endpoint, credential, options ??= new BatchClientOptions()), options)
    {
    }

    /// <summary>Creates a client that signs each request with the account's key.</summary>
    /// <param name="endpoint">The account's address, <c>https://{account}.{region}.batch.azure.com</c>.</param>
    /// <param name="credential">The account's name and key.</param>
    /// <param name="options">Settings; <c>null</c> for the defaults.</param>
    /// <exception cref="InvalidInputException">The address cannot be one (<c>BatchEndpointInvalid</c>).</exception>
    public BatchClient(Uri endpoint, BatchSharedKeyCredential credential, BatchClientOptions? options = null)
        : this(endpoint, new SharedKeyPolicy(credential ?? throw new ArgumentNullException(nameof(credential))), options ?? new BatchClientOptions())
    {
    }

    private BatchClient(Uri endpoint, HttpPipelinePolicy authentication, BatchClientOptions options)
    {
        BatchConnection connection = new(Checked(endpoint), authentication, options);
        Endpoint = connection.Endpoint;
        Pools = new BatchPools(connection);
        Jobs = new BatchJobs(connection);
        Tasks = new BatchTasks(connection);
        Files = new BatchFiles(connection);
        Nodes = new BatchNodes(connection);
        Images = new BatchImages(connection);
        Applications = new BatchApplications(connection);
    }

    /// <summary>The account's address.</summary>
    public Uri Endpoint { get; }

    /// <summary>Pools: the machines.</summary>
    public BatchPools Pools { get; }

    /// <summary>Jobs: what tasks belong to.</summary>
    public BatchJobs Jobs { get; }

    /// <summary>Tasks: what runs.</summary>
    public BatchTasks Tasks { get; }

    /// <summary>Files of tasks and nodes.</summary>
    public BatchFiles Files { get; }

    /// <summary>Nodes: the single machines of a pool.</summary>
    public BatchNodes Nodes { get; }

    /// <summary>Images that pools can be made from.</summary>
    public BatchImages Images { get; }

    /// <summary>Applications of the account.</summary>
    public BatchApplications Applications { get; }

    private static BearerTokenAuthenticationPolicy Authentication(Uri endpoint, TokenCredential credential, BatchClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return Checked(endpoint).Scheme == Uri.UriSchemeHttps
            ? new BearerTokenAuthenticationPolicy(credential, options.Scope)
            : throw new InvalidInputException(
                "BatchEndpointNotHttps",
                $"The Batch endpoint '{endpoint}' is not https, and a token must not travel in the clear. Use https, or a shared key.",
                nameof(endpoint));
    }

    private static Uri Checked(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.IsAbsoluteUri && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.Scheme == Uri.UriSchemeHttp) && endpoint.Query.Length == 0
            ? endpoint
            : throw new InvalidInputException(
                "BatchEndpointInvalid",
                $"The Batch endpoint '{endpoint.OriginalString}' is not the address of an account. Give it as https://<account>.<region>.batch.azure.com.",
                nameof(endpoint));
    }
}
