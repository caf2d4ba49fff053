using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace SparseSC.BatchServer.Execution;

/// <summary>How nodes come to storage: with the signature in an address, or with a token of one of their identities.</summary>
/// <param name="handler">Carries the requests.</param>
/// <param name="identityEndpoint">Where nodes get tokens, as from a machine's metadata service; null when they get none.</param>
/// <param name="autoStorage">The account linked to the Batch account, with a signature for its containers; null for none.</param>
internal sealed class NodeStorage(HttpMessageHandler handler, Uri? identityEndpoint, Uri? autoStorage) : IDisposable
{
    // The oldest version of storage that knows all of what is sent here, tokens too.
    private const string StorageVersion = "2021-12-02";
    private const string Resource = "https://storage.azure.com/";
    private const int Attempts = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _http = new(handler) { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>The address of a container of the linked account.</summary>
    /// <exception cref="FailureException">No account is linked.</exception>
    public Uri AutoStorageContainer(string name) => autoStorage is { } account
        ? Below(account, name)
        : throw new FailureException(new Failure("UserError", "BlobNotFound", "One of the specified Azure Blob(s) is not found",
            ("BlobSource", name), ("Message", "No storage account is linked to the Batch account.")));

    /// <summary>Sends a request, again if there is no answer: a server may close an idle connection just when it is used.</summary>
    /// <param name="create">Makes the request, for each attempt; its address may carry a signature.</param>
    /// <param name="identity">The identity to come with; null to come with the address alone.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="HttpRequestException">There is no answer, or the identity has no token (status 401).</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, string? identity, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using HttpRequestMessage request = create();
                request.Headers.Add("x-ms-version", StorageVersion);
                if (identity is not null)
                {
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(identity, stop));
                }

                return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            }
            catch (HttpRequestException fault) when (fault.StatusCode is null && attempt < Attempts)
            {
                await Task.Delay(s_pause * attempt, stop);
            }
        }
    }

    /// <summary>Names of a container's blobs that start with a prefix, in pages as the service gives them.</summary>
    /// <exception cref="HttpRequestException">The list cannot be had; with the status, if there was one.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(Uri container, string? prefix, string? identity, CancellationToken stop)
    {
        List<string> names = [];
        string? marker = "";
        while (marker is not null)
        {
            UriBuilder address = new(container);
            string what = $"restype=container&comp=list&prefix={Uri.EscapeDataString(prefix ?? "")}&marker={Uri.EscapeDataString(marker)}";
            address.Query = $"{address.Query.TrimStart('?')}&{what}".TrimStart('&');
            using HttpResponseMessage response = await SendAsync(() => new(HttpMethod.Get, address.Uri), identity, stop);
            response.EnsureSuccessStatusCode();
            XElement page = XElement.Parse(await response.Content.ReadAsStringAsync(stop));
            names.AddRange(page.Descendants("Blob").Select(blob => blob.Element("Name")!.Value));
            marker = page.Element("NextMarker")?.Value is { Length: > 0 } next ? next : null;
        }

        return names;
    }

    /// <summary>The address of something below another address, with the same signature.</summary>
    public static Uri Below(Uri address, string name) => new UriBuilder(address)
    {
        Path = $"{address.AbsolutePath.TrimEnd('/')}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}",
    }.Uri;

    public void Dispose() => _http.Dispose();

    // As a machine asks: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token.
    private async Task<string> TokenAsync(string identity, CancellationToken stop)
    {
        if (identityEndpoint is null)
        {
            throw new HttpRequestException("The node has no identities.", null, HttpStatusCode.Unauthorized);
        }

        string query = $"api-version=2018-02-01&resource={Uri.EscapeDataString(Resource)}&msi_res_id={Uri.EscapeDataString(identity)}";
        using HttpRequestMessage request = new(HttpMethod.Get, new UriBuilder(identityEndpoint) { Query = query }.Uri);
        request.Headers.Add("Metadata", "true");
        using HttpResponseMessage response = await _http.SendAsync(request, stop);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync(stop))!["access_token"]!.ToString()
            : throw new HttpRequestException("The node has no such identity.", null, HttpStatusCode.Unauthorized);
    }
}
